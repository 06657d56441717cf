package dev.agentctl.store;

import dev.agentctl.chat.Outgoing;
import java.util.Optional;

/// A card that a row of the [Outbox] changes.
///
/// @param messageId the chat's id of its message with the buttons, which is that of its last part; empty if it was
///     never delivered
/// @param card as it was sent
public record ShownCard(Optional<String> messageId, Outgoing.Card card) {}
