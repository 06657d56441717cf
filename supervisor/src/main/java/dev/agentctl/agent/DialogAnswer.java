package dev.agentctl.agent;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body with which a `PermissionRequest` hook is answered.
final class DialogAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Says nothing: the dialog in the terminal decides.
    static final String NONE = "{}";

    private DialogAnswer() {}

    /// For Claude Code: what was shown is given back as the input, so that nothing else can be run on it. Its
    /// questions and plans are not answered by a bare `allow` at all (seen on 2.1.329).
    static String claude(String payload, Decision decision) {
        JsonNode request;
        try {
            request = JSON.readTree(payload);
        } catch (JacksonException _) {
            return NONE;
        }
        ObjectNode root = JSON.createObjectNode();
        ObjectNode answer = answer(root);
        switch (decision) {
            case Decision.Deny(String reason) -> deny(answer, reason);
            case Decision.Allow() -> allow(answer, request);
            case Decision.Always(int offer) -> {
                allow(answer, request);
                answer.putArray("updatedPermissions").add(offer(request, offer));
            }
            case Decision.Answer(List<String> answers) -> answers(allow(answer, request), request, answers);
        }
        return root.toString();
    }

    /// For Codex, which takes yes or no and fails closed at anything more.
    static String codex(Decision decision) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode answer = answer(root);
        switch (decision) {
            case Decision.Deny(String reason) -> deny(answer, reason);
            case Decision.Allow(), Decision.Always _, Decision.Answer _ -> answer.put("behavior", "allow");
        }
        return root.toString();
    }

    private static ObjectNode answer(ObjectNode root) {
        return root.putObject("hookSpecificOutput")
                .put("hookEventName", "PermissionRequest")
                .putObject("decision");
    }

    private static void deny(ObjectNode answer, String reason) {
        answer.put("behavior", "deny").put("message", reason);
    }

    private static ObjectNode allow(ObjectNode answer, JsonNode request) {
        answer.put("behavior", "allow");
        JsonNode input = request.path("tool_input");
        return input.isObject() ? answer.set("updatedInput", input.deepCopy()) : answer;
    }

    /// A plan has no offers of its own in the hook; its dialog offers to accept edits as well.
    private static JsonNode offer(JsonNode request, int offer) {
        JsonNode offered = request.path("permission_suggestions").path(offer);
        return offered.isMissingNode()
                ? JSON.createObjectNode()
                        .put("type", "setMode")
                        .put("mode", "acceptEdits")
                        .put("destination", "session")
                : offered;
    }

    private static void answers(ObjectNode answer, JsonNode request, List<String> answers) {
        ObjectNode given = JSON.createObjectNode();
        int at = 0;
        for (JsonNode question : request.path("tool_input").path("questions").values()) {
            if (at < answers.size()) {
                given.put(question.path("question").asString(""), answers.get(at));
            }
            at++;
        }
        if (answer.path("updatedInput") instanceof ObjectNode input) {
            input.set("answers", given);
        }
    }
}
