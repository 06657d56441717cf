package dev.agentctl.chat;

import java.time.Instant;

/// A button that an operator pressed, already authorised and stored by its chat.
///
/// @param key unique and stable over redelivery, as [Incoming#key()]; a repeated press is answered as the first was
/// @param from the room of the card
/// @param user who pressed it, as the chat names people for good
/// @param messageId the chat's own id of the card
/// @param action [Button#action()] as the chat handed it back; may be anything
public record Press(String key, ChatAddress from, String user, String messageId, String action, Instant pressedAt) {}
