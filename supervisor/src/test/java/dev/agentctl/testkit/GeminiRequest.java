package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a request of Google's Gemini API.
final class GeminiRequest {
    private GeminiRequest() {}

    static ModelRequest read(boolean streamed, JsonNode body) {
        List<ModelItem> items = new ArrayList<>();
        for (JsonNode content : body.path("contents").values()) {
            boolean model = content.path("role").asString("").equals("model");
            content.path("parts").values().forEach(part -> addPart(model, part, items));
        }
        List<String> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools").values()) {
            tool.path("functionDeclarations")
                    .values()
                    .forEach(declared -> tools.add(declared.path("name").asString("")));
        }
        boolean structured = body.path("generationConfig").has("responseMimeType");
        return new ModelRequest(ModelApi.GEMINI, "", List.copyOf(items), tools, structured, streamed, body);
    }

    private static void addPart(boolean model, JsonNode part, List<ModelItem> items) {
        JsonNode call = part.path("functionCall");
        JsonNode response = part.path("functionResponse");
        if (call.isObject()) {
            items.add(new ModelItem.Call(
                    call.path("name").asString(""), call.path("args").toString()));
        } else if (response.isObject()) {
            items.add(new ModelItem.Result(response.path("response").toString()));
        } else if (model) {
            items.add(new ModelItem.Model(part.path("text").asString("")));
        } else {
            items.addAll(Prompt.items(part.path("text").asString("")));
        }
    }
}
