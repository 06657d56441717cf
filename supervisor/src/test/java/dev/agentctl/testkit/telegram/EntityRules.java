package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the server demands of a text and its entities, counted in UTF-16 units.
final class EntityRules {
    private static final int LONGEST_TEXT = 4096;
    private static final Set<String> TYPES = Set.of(
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "blockquote",
            "expandable_blockquote",
            "code",
            "pre",
            "text_link");

    private EntityRules() {}

    static void checkText(String text) throws ApiError {
        if (text.isBlank()) {
            throw ApiError.badRequest("message text is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw ApiError.badRequest("message is too long");
        }
    }

    /// The entities, if all of them are valid in the text.
    static List<JsonNode> check(JsonNode entities, String text) throws ApiError {
        List<JsonNode> checked = new ArrayList<>();
        for (JsonNode entity : entities) {
            checkStretch(entity, text);
            checkType(entity);
            checked.add(entity);
        }
        return checked;
    }

    private static void checkStretch(JsonNode entity, String text) throws ApiError {
        int offset = entity.path("offset").asInt(-1);
        int length = entity.path("length").asInt(-1);
        if (offset < 0 || length <= 0 || offset + length > text.length()) {
            throw ApiError.badRequest("can't parse entities: stretch " + offset + "+" + length + " is out of range");
        }
        boolean cutsPair = Character.isLowSurrogate(text.charAt(offset))
                || Character.isHighSurrogate(text.charAt(offset + length - 1));
        if (cutsPair) {
            throw ApiError.badRequest("can't parse entities: stretch " + offset + "+" + length + " cuts a character");
        }
    }

    private static void checkType(JsonNode entity) throws ApiError {
        String type = entity.path("type").asText();
        if (!TYPES.contains(type)) {
            throw ApiError.badRequest("can't parse entities: unsupported type " + type);
        }
        if (type.equals("text_link")) {
            checkUrl(entity.path("url").asText());
        }
    }

    private static void checkUrl(String url) throws ApiError {
        try {
            String host = URI.create(url).getHost();
            if (host == null || !host.contains(".")) {
                throw ApiError.badRequest("can't parse entities: wrong HTTP URL");
            }
        } catch (IllegalArgumentException _) {
            throw ApiError.badRequest("can't parse entities: wrong HTTP URL");
        }
    }
}
