package dev.agentctl.agent;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads the payloads of Gemini CLI's hooks (0.61.0).
final class GeminiEvents {
    /// What its hook says where the turn failed or was interrupted.
    private static final String NO_WORDS = "[no response text]";

    private GeminiEvents() {}

    /// What a payload says, in order; nothing for events that do not matter here or text that is no payload.
    static List<AgentEvent> read(String payload) {
        return HookEvents.of(payload, GeminiEvents::events);
    }

    private static List<AgentEvent> events(JsonNode json) {
        String event = HookEvents.text(json, "hook_event_name");
        String source = "hook " + event;
        return switch (event) {
            case "SessionStart" -> {
                // of a resumed conversation it names a file that is not the one it goes on to write
                List<AgentEvent> events = new ArrayList<>(
                        HookEvents.text(json, "source").equals("resume") ? List.of() : HookEvents.conversation(json));
                events.add(new AgentEvent.Ready(source));
                yield events;
            }
            case "BeforeAgent" -> HookEvents.prompted(json, source);
            case "BeforeTool" -> List.of(new AgentEvent.ToolBegan(HookEvents.tool(json), source));
            case "AfterTool" -> List.of(new AgentEvent.ToolEnded(DialogReader.use(json), source));
            case "Notification" -> dialog(json, source);
            case "AfterAgent" -> {
                String words = HookEvents.text(json, "prompt_response");
                yield List.of(new AgentEvent.TurnEnded(words.equals(NO_WORDS) ? "" : words, 0, source));
            }
            case "SessionEnd" -> List.of(new AgentEvent.Closing(HookEvents.text(json, "reason")));
            default -> List.of();
        };
    }

    private static List<AgentEvent> dialog(JsonNode json, String source) {
        if (!HookEvents.text(json, "notification_type").equals("ToolPermission")) {
            return List.of();
        }
        JsonNode details = json.path("details");
        String title = HookEvents.text(details, "title");
        if (HookEvents.text(details, "type").equals("ask_user")) {
            String question = HookEvents.text(details.path("questions").path(0), "question");
            return List.of(
                    new AgentEvent.QuestionAsked(HookEvents.oneLine(question.isEmpty() ? title : question), source));
        }
        for (String key : List.of("command", "filePath", "fileName", "toolName", "prompt")) {
            String value = HookEvents.text(details, key);
            if (!value.isEmpty()) {
                return List.of(new AgentEvent.ApprovalAsked(HookEvents.oneLine(title + ": " + value), source));
            }
        }
        return List.of(new AgentEvent.ApprovalAsked(HookEvents.oneLine(title), source));
    }
}
