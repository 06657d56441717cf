package dev.agentctl.chat;

/// What a chat hands its operators' messages to.
///
/// A chat calls it for one message of a room at a time, in order, and marks the message done when it returns. It is
/// idempotent by [Incoming#key()]. It must not wait for an agent.
@FunctionalInterface
public interface IncomingHandler {
    void handle(Incoming message);
}
