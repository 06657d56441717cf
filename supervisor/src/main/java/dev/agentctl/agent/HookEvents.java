package dev.agentctl.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads the payloads of Claude Code's and Codex's hooks, which have the same shape.
public final class HookEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 200;

    private HookEvents() {}

    /// What a payload says, in order; nothing for events that do not matter here or text that is no payload.
    ///
    /// @param at when the hook ran, which its words about a time may count from
    public static List<AgentEvent> read(String payload, Instant at) {
        return of(payload, json -> events(json, at));
    }

    /// What an agent's own reading makes of a payload; nothing for text that is none.
    static List<AgentEvent> of(String payload, Function<JsonNode, List<AgentEvent>> events) {
        try {
            JsonNode json = JSON.readTree(payload);
            return json.isObject() ? events.apply(json) : List.of();
        } catch (JacksonException _) {
            return List.of();
        }
    }

    private static List<AgentEvent> events(JsonNode json, Instant at) {
        return switch (text(json, "hook_event_name")) {
            case "SessionStart" -> conversation(json);
            case "UserPromptSubmit" -> prompted(json, "hook UserPromptSubmit");
            case "PreToolUse" -> List.of(new AgentEvent.ToolBegan(tool(json)));
            case "PostToolUse", "PostToolUseFailure" -> List.of(new AgentEvent.ToolEnded(DialogReader.use(json)));
            case "PermissionRequest" ->
                List.of(
                        text(json, "tool_name").equals(DialogReader.QUESTION)
                                ? new AgentEvent.QuestionAsked(question(json))
                                : new AgentEvent.ApprovalAsked(tool(json)));
            case "Stop" ->
                List.of(new AgentEvent.TurnEnded(text(json, "last_assistant_message"), backgroundTasks(json)));
            case "StopFailure" -> List.of(failed(failure(json), Limit.ofClaude(text(json, "error")), at));
            case "Interrupt" -> List.of(new AgentEvent.Interrupted());
            case "SessionEnd" -> List.of(new AgentEvent.Closing(text(json, "reason")));
            default -> List.of();
        };
    }

    /// A prompt was taken. Codex and opencode tell their conversation only with it.
    ///
    /// @param source what told it
    static List<AgentEvent> prompted(JsonNode json, String source) {
        List<AgentEvent> events = new ArrayList<>(conversation(json));
        events.add(new AgentEvent.PromptAccepted(text(json, "prompt"), source));
        return events;
    }

    static List<AgentEvent> conversation(JsonNode json) {
        String id = text(json, "session_id");
        return id.isEmpty() ? List.of() : List.of(new AgentEvent.ConversationBegan(id, transcript(json)));
    }

    private static Optional<Path> transcript(JsonNode json) {
        try {
            return Optional.of(text(json, "transcript_path"))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// Claude Code lists what it runs in the background, and drops from the list what has ended.
    private static int backgroundTasks(JsonNode json) {
        int running = 0;
        for (JsonNode task : json.path("background_tasks")) {
            if (text(task, "status").equals("running")) {
                running++;
            }
        }
        return running;
    }

    private static AgentEvent failed(String words, Optional<Limit> limit, Instant at) {
        return new AgentEvent.TurnFailed(words, limit, limit.flatMap(_ -> LimitEnd.read(words, at)));
    }

    private static String failure(JsonNode json) {
        String words = text(json, "last_assistant_message");
        return words.isEmpty() ? text(json, "error") : words;
    }

    private static String question(JsonNode json) {
        return oneLine(text(json.path("tool_input").path("questions").path(0), "question"));
    }

    /// The tool and the argument that tells most of it, in one line.
    static String tool(JsonNode json) {
        JsonNode input = json.path("tool_input");
        String name = text(json, "tool_name");
        for (String key : List.of("command", "file_path", "path", "url", "pattern", "description")) {
            String value = text(input, key);
            if (!value.isEmpty()) {
                return oneLine(name + ": " + value.lines().findFirst().orElse(""));
            }
        }
        return name;
    }

    static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
    }

    static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isString() ? value.asString() : "";
    }
}
