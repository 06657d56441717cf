package dev.agentctl.agent;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Why a turn of Codex failed: it has no hook that tells, but the last event of the turn in its rollout does, as
/// measured on 0.169.0.
final class CodexFailure {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CodexFailure() {}

    /// The failure of the turn that ended last; empty where it did not fail, or another has begun since.
    static Optional<AgentEvent.TurnFailed> read(List<String> lines) {
        for (String line : lines.reversed()) {
            JsonNode payload = payload(line);
            String type = payload.path("type").asString("");
            if (type.equals("task_started")) {
                return Optional.empty();
            }
            if (type.equals("task_complete")) {
                return failure(payload.path("error"));
            }
        }
        return Optional.empty();
    }

    private static JsonNode payload(String line) {
        try {
            return JSON.readTree(line).path("payload");
        } catch (JacksonException _) {
            // the first of the tail may be cut, the last still be written
            return JSON.createObjectNode();
        }
    }

    private static Optional<AgentEvent.TurnFailed> failure(JsonNode error) {
        String message = error.path("message").asString("");
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new AgentEvent.TurnFailed(
                        message, limit(error.path("codex_error_info")), "the agent's own file"));
    }

    private static Optional<Limit> limit(JsonNode info) {
        String kind = info.isString() ? info.asString() : "";
        int status = info.path("response_too_many_failed_attempts")
                .path("http_status_code")
                .asInt(0);
        if (kind.equals("usage_limit_exceeded") || status == 429) {
            return Optional.of(Limit.USAGE);
        }
        return kind.equals("unauthorized") || status == 401 ? Optional.of(Limit.LOGIN) : Optional.empty();
    }
}
