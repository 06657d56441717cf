package dev.agentctl.agent;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads what our plugin in opencode tells: mostly opencode's own events by their names (1.18.33).
final class OpencodeEvents {
    private OpencodeEvents() {}

    /// What a payload says, in order; nothing for events that do not matter here or text that is no payload.
    static List<AgentEvent> read(String payload) {
        return HookEvents.of(payload, OpencodeEvents::events);
    }

    private static List<AgentEvent> events(JsonNode json) {
        String event = HookEvents.text(json, "hook_event_name");
        String source = "plugin " + event;
        return switch (event) {
            case "plugin" -> List.of(new AgentEvent.Ready("plugin started"));
            case "chat.message" -> HookEvents.prompted(json, source);
            case "tool.execute.before" -> List.of(new AgentEvent.ToolBegan(HookEvents.tool(json), source));
            case "tool.execute.after" -> List.of(new AgentEvent.ToolEnded(DialogReader.use(json), source));
            case "PermissionRequest" ->
                List.of(new AgentEvent.ApprovalAsked(HookEvents.tool(json), "plugin permission.asked"));
            // one that is refused ends its question itself
            case "permission.replied" ->
                HookEvents.text(json, "reply").equals("reject")
                        ? List.of()
                        : List.of(new AgentEvent.ToolEnded(DialogReader.use(json), source));
            case "question.asked" ->
                List.of(new AgentEvent.QuestionAsked(HookEvents.oneLine(HookEvents.text(json, "question")), source));
            case "question.replied" -> List.of(new AgentEvent.ToolEnded("", source));
            case "session.idle" -> List.of(new AgentEvent.TurnEnded(HookEvents.text(json, "answer"), 0, source));
            case "session.aborted" -> List.of(new AgentEvent.Interrupted(source));
            case "session.error" ->
                List.of(new AgentEvent.TurnFailed(
                        HookEvents.text(json, "message"), limit(json), Optional.empty(), source));
            default -> List.of();
        };
    }

    private static Optional<Limit> limit(JsonNode json) {
        return switch (json.path("status").asInt(0)) {
            case 429 -> Optional.of(Limit.USAGE);
            case 401 -> Optional.of(Limit.LOGIN);
            case 402 -> Optional.of(Limit.ACCOUNT);
            default -> Optional.empty();
        };
    }
}
