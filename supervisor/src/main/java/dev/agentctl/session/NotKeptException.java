package dev.agentctl.session;

/// What is to be remembered could not be read or written, as on a full disk. Whoever keeps it has said so in the log,
/// once: those who try to keep something say no more of it.
public abstract class NotKeptException extends RuntimeException {
    protected NotKeptException(String message, Throwable cause) {
        super(message, cause);
    }
}
