package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A message as it stands in a chat now.
///
/// @param fromBot the bot sent it, not a person
/// @param text empty for a document
/// @param entities as sent, each with type, offset and length
/// @param silent it made no sound
/// @param reaction the emoji that the bot put on it
public record ChatMessage(
        long chatId,
        long id,
        OptionalLong thread,
        boolean fromBot,
        String text,
        List<JsonNode> entities,
        OptionalLong replyTo,
        boolean silent,
        Optional<Document> document,
        Optional<String> reaction) {

    /// A file in a chat.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Document(String name, byte[] content, String caption) {}

    ChatMessage withText(String newText, List<JsonNode> newEntities) {
        return new ChatMessage(chatId, id, thread, fromBot, newText, newEntities, replyTo, silent, document, reaction);
    }

    ChatMessage withReaction(Optional<String> emoji) {
        return new ChatMessage(chatId, id, thread, fromBot, text, entities, replyTo, silent, document, emoji);
    }
}
