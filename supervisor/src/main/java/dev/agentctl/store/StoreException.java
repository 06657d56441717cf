package dev.agentctl.store;

/// The durable state could not be read or written: disk full, file damaged, folder gone. The message is one line for
/// the operator.
public final class StoreException extends RuntimeException {
    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
