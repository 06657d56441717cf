package dev.agentctl.picture;

/// A picture cannot be drawn on this machine; the message is one line for a person.
public final class PictureException extends Exception {
    private static final long serialVersionUID = 1L;

    PictureException(String message, Throwable cause) {
        super(message, cause);
    }

    PictureException(String message) {
        super(message);
    }
}
