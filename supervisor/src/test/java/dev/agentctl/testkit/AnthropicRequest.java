package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a request of the Anthropic Messages API.
final class AnthropicRequest {
    private AnthropicRequest() {}

    /// @param session the header `X-Claude-Code-Session-Id`, empty where absent
    static ModelRequest read(String session, JsonNode body) {
        List<ModelItem> items = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            addMessage(message, items);
        }
        List<String> tools = new ArrayList<>();
        body.path("tools").forEach(tool -> tools.add(tool.path("name").asString("")));
        boolean structured = body.path("output_config").has("format") || body.has("output_format");
        boolean streamed = body.path("stream").asBoolean(false);
        return new ModelRequest(ModelApi.CLAUDE, session, List.copyOf(items), tools, structured, streamed, body);
    }

    /// Claude 2.1.329 sends messages of role `system` in between: nobody's words.
    private static void addMessage(JsonNode message, List<ModelItem> items) {
        switch (message.path("role").asString("")) {
            case "user" -> addUser(message.path("content"), items);
            case "assistant" -> addModel(message.path("content"), items);
            default -> {}
        }
    }

    private static void addUser(JsonNode content, List<ModelItem> items) {
        if (content.isString()) {
            items.addAll(Prompt.items(content.asString()));
        }
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> items.addAll(Prompt.items(block.path("text").asString("")));
                case "tool_result" -> items.add(new ModelItem.Result(texts(block.path("content"))));
                default -> {}
            }
        }
    }

    private static void addModel(JsonNode content, List<ModelItem> items) {
        if (content.isString()) {
            items.add(new ModelItem.Model(content.asString()));
        }
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> items.add(new ModelItem.Model(block.path("text").asString("")));
                case "tool_use" ->
                    items.add(new ModelItem.Call(
                            block.path("name").asString(""), block.path("input").toString()));
                default -> {}
            }
        }
    }

    private static String texts(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(block.path("text").asString("")));
        return text.toString();
    }
}
