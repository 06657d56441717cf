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
/// @param keyboard the buttons below it, row by row
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
        Optional<String> reaction,
        List<List<Key>> keyboard) {

    /// A button of a message.
    public record Key(String text, String data) {}

    /// The button that says so.
    public Key key(String label) {
        return keyboard.stream()
                .flatMap(List::stream)
                .filter(key -> key.text().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button '" + label + "' in " + keyboard));
    }

    /// A file in a chat.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Document(String name, byte[] content, String caption) {}

    ChatMessage withText(String newText, List<JsonNode> newEntities, List<List<Key>> newKeyboard) {
        return new ChatMessage(
                chatId, id, thread, fromBot, newText, newEntities, replyTo, silent, document, reaction, newKeyboard);
    }

    ChatMessage withReaction(Optional<String> emoji) {
        return new ChatMessage(chatId, id, thread, fromBot, text, entities, replyTo, silent, document, emoji, keyboard);
    }
}
