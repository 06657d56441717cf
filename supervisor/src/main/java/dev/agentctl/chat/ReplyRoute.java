package dev.agentctl.chat;

import java.util.Optional;

/// What is known of the messages that were sent.
public interface ReplyRoute {
    /// Which session a message of ours spoke of.
    Optional<String> sessionOf(ChatAddress where, String messageId);

    /// Which session a thread of a room belongs to.
    default Optional<String> sessionOfThread(ChatAddress where) {
        return Optional.empty();
    }

    /// The name of the card that a message shows.
    default Optional<String> cardOf(ChatAddress where, String messageId) {
        return Optional.empty();
    }
}
