package dev.agentctl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an agent asks of the model, of any API: the Messages of Anthropic and the chat completions of OpenAI
/// (`messages`), the Responses of OpenAI (`input`), Google's (`contents`).
///
/// @param scene that its last prompt names
/// @param results of the tools that were called in that scene
/// @param tools what it offers, as JSON; empty for a request beside the conversation, such as for its title
/// @param said everything in it
record ModelRequest(Optional<Scene> scene, List<String> results, String tools, String said) {

    static ModelRequest read(JsonNode body) {
        Reading reading = new Reading();
        body.path("messages").forEach(reading::item);
        body.path("input").forEach(reading::item);
        body.path("contents").forEach(reading::item);
        JsonNode tools = body.path("tools");
        return new ModelRequest(
                reading.scene, List.copyOf(reading.results), tools.isEmpty() ? "" : tools.toString(), body.toString());
    }

    private static final class Reading {
        private Optional<Scene> scene = Optional.empty();
        private final List<String> results = new ArrayList<>();

        /// A message, or a block of one.
        void item(JsonNode item) {
            String type = item.path("type").asString("");
            String role = item.path("role").asString("user");
            boolean result = type.equals("tool_result")
                    || type.endsWith("_call_output")
                    || role.equals("tool")
                    || item.has("functionResponse");
            if (result) {
                results.add(item.toString());
            } else if (role.equals("user")) {
                JsonNode content = item.path("content");
                text(content.asString(""));
                text(item.path("text").asString(""));
                content.forEach(this::item);
                item.path("parts").forEach(this::item);
            }
        }

        private void text(String text) {
            Optional<Scene> named = Scene.in(text);
            if (named.isPresent()) {
                scene = named;
                results.clear();
            }
        }
    }
}
