package dev.agentctl.agent;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Why a turn of Gemini CLI failed: its hook then says that there were no words, and its file of the conversation has
/// an error after the prompt (0.61.0).
final class GeminiFailure {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GeminiFailure() {}

    static Optional<AgentEvent.TurnFailed> read(List<String> lines) {
        for (String line : lines.reversed()) {
            JsonNode step = step(line);
            switch (step.path("type").asString("")) {
                case "error" -> {
                    String words = step.path("content").asString("the model's side refused");
                    return Optional.of(
                            new AgentEvent.TurnFailed(words, limit(words), Optional.empty(), "the agent's own file"));
                }
                case "user", "gemini" -> {
                    return Optional.empty();
                }
                default -> {
                    // remarks, and times
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode step(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException _) {
            // the first of the tail may be cut, the last still be written
            return JSON.createObjectNode();
        }
    }

    /// The error's own code stands in it, in JSON.
    private static Optional<Limit> limit(String words) {
        if (words.contains("\"code\":429")) {
            return Optional.of(Limit.USAGE);
        }
        return words.contains("\"code\":401") || words.contains("API_KEY_INVALID")
                ? Optional.of(Limit.LOGIN)
                : Optional.empty();
    }
}
