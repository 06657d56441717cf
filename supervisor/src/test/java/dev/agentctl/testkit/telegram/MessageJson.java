package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// The JSON of messages, people and chats, as the Bot API shows them.
final class MessageJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MessageJson() {}

    static ObjectNode of(ChatMessage message, ObjectNode from) {
        ObjectNode json = NODES.objectNode().put("message_id", message.id());
        json.set("from", from);
        json.set("chat", chat(message.chatId()));
        json.put("date", Instant.now().getEpochSecond());
        message.thread()
                .ifPresent(thread -> json.put("message_thread_id", thread).put("is_topic_message", true));
        if (!message.text().isEmpty()) {
            json.put("text", message.text());
        }
        if (!message.entities().isEmpty()) {
            json.putArray("entities").addAll(message.entities());
        }
        message.document().ifPresent(document -> {
            json.putObject("document")
                    .put("file_id", "sent" + message.id())
                    .put("file_unique_id", "unique" + message.id())
                    .put("file_name", document.name())
                    .put("file_size", document.content().length);
            json.put("caption", document.caption());
        });
        return json;
    }

    static ObjectNode person(long id) {
        return NODES.objectNode()
                .put("id", id)
                .put("is_bot", false)
                .put("first_name", "Person " + id)
                .put("username", "person" + id)
                .put("language_code", "en");
    }

    /// Negative ids are groups, as on the real server.
    static ObjectNode chat(long id) {
        ObjectNode chat = NODES.objectNode().put("id", id);
        return id < 0
                ? chat.put("type", "supergroup").put("title", "Group " + id)
                : chat.put("type", "private").put("first_name", "Person " + id);
    }
}
