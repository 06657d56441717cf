package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A file in a message, as the server tells of it.
///
/// @param size in bytes; 0 where it is not told
record SentFile(String id, String what, String name, long size) {
    /// The file of a message, if it has one. Of a photo's sizes the largest, which comes last.
    static Optional<SentFile> of(JsonNode message) {
        for (String field : Lane.FILE_FIELDS) {
            JsonNode found = message.path(field);
            JsonNode file = found.isArray() ? found.path(found.size() - 1) : found;
            if (file.path("file_id").isTextual()) {
                return Optional.of(new SentFile(
                        file.path("file_id").asText(),
                        field.equals("voice") ? "voice note" : field.replace('_', ' '),
                        file.path("file_name").asText(defaultName(field)),
                        file.path("file_size").asLong()));
            }
        }
        return Optional.empty();
    }

    private static String defaultName(String field) {
        return switch (field) {
            case "photo" -> "photo.jpg";
            case "voice" -> "voice.ogg";
            case "audio" -> "audio.mp3";
            case "video", "video_note", "animation" -> field + ".mp4";
            default -> "file";
        };
    }
}
