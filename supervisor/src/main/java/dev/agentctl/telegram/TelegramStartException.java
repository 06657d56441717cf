package dev.agentctl.telegram;

/// The chat cannot be started at all. The message is one line for the operator.
public final class TelegramStartException extends RuntimeException {
    TelegramStartException(String message) {
        super(message);
    }
}
