package dev.agentctl.store;

import dev.agentctl.session.NotKeptException;

/// The durable state could not be read or written: disk full, file damaged, folder gone. The message is one line for
/// the operator.
public final class StoreException extends NotKeptException {
    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
