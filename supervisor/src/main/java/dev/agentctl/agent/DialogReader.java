package dev.agentctl.agent;

import dev.agentctl.agent.Dialog.Asked;
import dev.agentctl.agent.Dialog.Matter;
import dev.agentctl.agent.Dialog.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads the dialog out of a `PermissionRequest` hook's payload, which Claude Code and Codex give the same shape.
public final class DialogReader {
    static final String QUESTION = "AskUserQuestion";
    static final String PLAN = "ExitPlanMode";
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Tools whose input differs between the request and the report of their end: the answers are added, the plan
    /// is taken out.
    private static final Set<String> CHANGED_INPUT = Set.of(QUESTION, PLAN);

    private DialogReader() {}

    /// Empty for any other event, and for text that is no payload.
    public static Optional<Dialog> read(String payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            return json.path("hook_event_name").asString("").equals("PermissionRequest")
                    ? Optional.of(dialog(json))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static Dialog dialog(JsonNode json) {
        return new Dialog(HookEvents.tool(json), use(json), matter(json));
    }

    /// Names the use of a tool that a payload is about.
    static String use(JsonNode json) {
        String tool = json.path("tool_name").asString("");
        JsonNode input = json.path("tool_input");
        // Codex tells the reason of a command only where it asks
        String command =
                input.path("command").isString() ? input.path("command").asString() : input.toString();
        return CHANGED_INPUT.contains(tool) ? tool : tool + " " + command;
    }

    private static Matter matter(JsonNode json) {
        String tool = json.path("tool_name").asString("");
        JsonNode input = json.path("tool_input");
        if (tool.equals(QUESTION) && !input.path("questions").isEmpty()) {
            return new Matter.Questions(questions(input.path("questions")));
        }
        if (tool.equals(PLAN)) {
            return new Matter.Plan(input.path("plan").asString(""));
        }
        return new Matter.Approval(tool, Exhibits.of(tool, input), offers(json.path("permission_suggestions")));
    }

    private static List<Asked> questions(JsonNode questions) {
        List<Asked> asked = new ArrayList<>();
        for (JsonNode question : questions.values()) {
            List<Option> options = new ArrayList<>();
            for (JsonNode option : question.path("options").values()) {
                options.add(new Option(
                        option.path("label").asString(""),
                        option.path("description").asString("")));
            }
            asked.add(new Asked(
                    question.path("question").asString(""),
                    options,
                    question.path("multiSelect").asBoolean(false)));
        }
        return asked;
    }

    private static List<String> offers(JsonNode suggestions) {
        return suggestions.values().stream().map(DialogReader::offer).toList();
    }

    private static String offer(JsonNode suggestion) {
        String what = switch (suggestion.path("type").asString("")) {
            case "addRules" -> suggestion.path("behavior").asString("") + " " + rules(suggestion.path("rules"));
            case "addDirectories" -> "also work in " + strings(suggestion.path("directories"));
            case "setMode" -> "mode " + suggestion.path("mode").asString("");
            default -> suggestion.toString();
        };
        return what + " (" + where(suggestion.path("destination").asString("")) + ")";
    }

    private static String rules(JsonNode rules) {
        List<String> all = new ArrayList<>();
        for (JsonNode rule : rules.values()) {
            String content = rule.path("ruleContent").asString("");
            all.add(rule.path("toolName").asString("") + (content.isEmpty() ? "" : "(" + content + ")"));
        }
        return String.join(", ", all);
    }

    private static String strings(JsonNode list) {
        return String.join(
                ", ", list.values().stream().map(item -> item.asString("")).toList());
    }

    private static String where(String destination) {
        return switch (destination) {
            case "session" -> "this session";
            case "localSettings" -> "this folder, for you";
            case "projectSettings" -> "this folder, for everyone";
            case "userSettings" -> "all your folders";
            case String other -> other;
        };
    }
}
