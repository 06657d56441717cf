package dev.agentctl.chat;

import java.time.Instant;
import java.util.Optional;

/// A message that an operator wrote, already authorised and stored by its chat.
///
/// @param key unique and stable over redelivery (Telegram: bot, epoch and update id); whatever a message causes is
///     keyed by it, so handling it twice has the effect of once
/// @param from where it was written, and where its replies go
/// @param user who wrote it, as the chat names people for good (Telegram: the numeric user id)
/// @param messageId the chat's own id of the message, for replies and receipts
/// @param replyTo the chat's id of the message it replies to
/// @param sentAt when the person sent it, by the chat's clock
public record Incoming(
        String key,
        ChatAddress from,
        String user,
        String messageId,
        String text,
        Optional<String> replyTo,
        Instant sentAt) {}
