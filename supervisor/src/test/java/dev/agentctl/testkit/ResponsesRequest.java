package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a request of the OpenAI Responses API.
final class ResponsesRequest {
    private ResponsesRequest() {}

    /// @param thread the header `thread-id`, empty where absent
    static ModelRequest read(String thread, JsonNode body) {
        List<ModelItem> items = new ArrayList<>();
        for (JsonNode item : body.path("input")) {
            addItem(item, items);
        }
        List<String> tools = new ArrayList<>();
        body.path("tools").forEach(tool -> addTool(tool, tools));
        boolean structured =
                body.path("text").path("format").path("type").asString("").startsWith("json");
        boolean streamed = body.path("stream").asBoolean(false);
        return new ModelRequest(ModelApi.CODEX, thread, List.copyOf(items), tools, structured, streamed, body);
    }

    private static void addItem(JsonNode item, List<ModelItem> items) {
        switch (item.path("type").asString("message")) {
            case "message" -> addMessage(item, items);
            case "function_call" ->
                items.add(new ModelItem.Call(
                        toolName(item), item.path("arguments").asString("")));
            case "custom_tool_call" ->
                items.add(new ModelItem.Call(toolName(item), item.path("input").asString("")));
            case "function_call_output", "custom_tool_call_output" ->
                items.add(new ModelItem.Result(output(item.path("output"))));
            default -> {}
        }
    }

    private static void addMessage(JsonNode message, List<ModelItem> items) {
        List<String> texts = new ArrayList<>();
        if (message.path("content").isString()) {
            texts.add(message.path("content").asString());
        }
        message.path("content").forEach(block -> texts.add(block.path("text").asString("")));
        switch (message.path("role").asString("")) {
            case "user" -> texts.forEach(text -> items.addAll(Prompt.items(text)));
            case "assistant" -> items.add(new ModelItem.Model(String.join("", texts)));
            default -> {} // developer: the harness's own instructions
        }
    }

    /// MCP tools come in namespaces; tools of the provider's own (web_search) have no name, only a type.
    private static void addTool(JsonNode tool, List<String> tools) {
        String name = tool.path("name").asString(tool.path("type").asString(""));
        if (tool.path("type").asString("").equals("namespace")) {
            tool.path("tools")
                    .forEach(inner -> tools.add(name + "/" + inner.path("name").asString("")));
        } else {
            tools.add(name);
        }
    }

    private static String toolName(JsonNode call) {
        String name = call.path("name").asString("");
        return call.has("namespace") ? call.path("namespace").asString("") + "/" + name : name;
    }

    private static String output(JsonNode output) {
        if (output.isString()) {
            return output.asString();
        }
        StringBuilder text = new StringBuilder();
        output.forEach(block -> text.append(block.path("text").asString("")));
        return text.isEmpty() ? output.toString() : text.toString();
    }
}
