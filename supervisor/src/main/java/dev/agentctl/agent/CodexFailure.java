package dev.agentctl.agent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Why a turn of Codex failed: it has no hook that tells, but the last event of the turn in its rollout does, as
/// measured on 0.169.0. When a usage limit ends, the event before it tells to the second where the server has told
/// Codex, and the error's own words to the minute.
final class CodexFailure {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The windows that usage is counted in: hours, and a week.
    private static final List<String> WINDOWS = List.of("primary", "secondary");

    private CodexFailure() {}

    /// The failure of the turn that ended last; empty where it did not fail, or another has begun since.
    ///
    /// @param zone of the machine, which Codex tells times of day in
    static Optional<AgentEvent.TurnFailed> read(List<String> lines, ZoneId zone) {
        List<JsonNode> events = lines.stream().map(CodexFailure::event).toList();
        for (int i = events.size() - 1; i >= 0; i--) {
            String type = type(events.get(i));
            if (type.equals("task_started")) {
                return Optional.empty();
            }
            if (type.equals("task_complete")) {
                return failure(events.get(i), events.subList(0, i), zone);
            }
        }
        return Optional.empty();
    }

    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException _) {
            // the first of the tail may be cut, the last still be written
            return JSON.createObjectNode();
        }
    }

    private static String type(JsonNode event) {
        return event.path("payload").path("type").asString("");
    }

    private static Optional<AgentEvent.TurnFailed> failure(JsonNode end, List<JsonNode> before, ZoneId zone) {
        JsonNode error = end.path("payload").path("error");
        String message = error.path("message").asString("");
        if (message.isEmpty()) {
            return Optional.empty();
        }
        Optional<Limit> limit = limit(error.path("codex_error_info"));
        Optional<Instant> until = limit.filter(Limit.USAGE::equals)
                .flatMap(_ -> reset(before).or(() -> time(end).flatMap(at -> LimitEnd.again(message, at, zone))));
        return Optional.of(new AgentEvent.TurnFailed(message, limit, until, "the agent's own file"));
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

    /// When the last of the turn's used up windows begins anew.
    private static Optional<Instant> reset(List<JsonNode> events) {
        for (JsonNode event : events.reversed()) {
            if (type(event).equals("task_started")) {
                return Optional.empty();
            }
            if (type(event).equals("token_count")) {
                return usedUp(event.path("payload").path("rate_limits"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> usedUp(JsonNode limits) {
        return WINDOWS.stream()
                .map(limits::path)
                .filter(window -> window.path("used_percent").asDouble(0) >= 100)
                .map(window -> window.path("resets_at").asLong(0))
                .filter(second -> second > 0)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochSecond);
    }

    private static Optional<Instant> time(JsonNode event) {
        try {
            return Optional.of(Instant.parse(event.path("timestamp").asString("")));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
