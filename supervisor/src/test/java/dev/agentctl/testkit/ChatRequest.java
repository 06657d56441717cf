package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a request of the OpenAI chat completions API.
final class ChatRequest {
    private ChatRequest() {}

    static ModelRequest read(JsonNode body) {
        List<ModelItem> items = new ArrayList<>();
        body.path("messages").values().forEach(message -> addMessage(message, items));
        List<String> tools = new ArrayList<>();
        body.path("tools")
                .values()
                .forEach(tool -> tools.add(tool.path("function").path("name").asString("")));
        boolean streamed = body.path("stream").asBoolean(false);
        return new ModelRequest(ModelApi.OPENCODE, "", List.copyOf(items), tools, false, streamed, body);
    }

    private static void addMessage(JsonNode message, List<ModelItem> items) {
        List<String> texts = texts(message.path("content"));
        switch (message.path("role").asString("")) {
            case "user" -> texts.forEach(text -> items.addAll(Prompt.items(text)));
            case "assistant" -> {
                items.add(new ModelItem.Model(String.join("", texts)));
                for (JsonNode call : message.path("tool_calls").values()) {
                    JsonNode function = call.path("function");
                    items.add(new ModelItem.Call(
                            function.path("name").asString(""),
                            function.path("arguments").asString("")));
                }
            }
            case "tool" -> items.add(new ModelItem.Result(String.join("", texts)));
            default -> {} // system: the harness's own instructions
        }
    }

    private static List<String> texts(JsonNode content) {
        return content.isString()
                ? List.of(content.asString())
                : content.values().stream()
                        .map(part -> part.path("text").asString(""))
                        .toList();
    }
}
