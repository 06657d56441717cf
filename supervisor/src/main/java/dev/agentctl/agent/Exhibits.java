package dev.agentctl.agent;

import dev.agentctl.agent.Dialog.Exhibit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a tool is given, as a person can read it: nothing of it is left out.
final class Exhibits {
    private static final ObjectMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Set<String> CHANGES = Set.of("old_string", "new_string", "replace_all");

    private Exhibits() {}

    static List<Exhibit> of(String tool, JsonNode input) {
        List<Exhibit> exhibits = new ArrayList<>();
        if (input.has("old_string") && input.has("new_string")) {
            field(exhibits, "file_path", input.path("file_path"));
            exhibits.add(change(input));
            rest(exhibits, input, CHANGES, "file_path");
        } else if (input.path("edits").isArray()) {
            field(exhibits, "file_path", input.path("file_path"));
            input.path("edits").values().forEach(edit -> exhibits.add(change(edit)));
            rest(exhibits, input, Set.of("edits"), "file_path");
        } else {
            rest(exhibits, input, Set.of(), "");
        }
        return exhibits.isEmpty() ? List.of(new Exhibit(tool, "", input.toString())) : exhibits;
    }

    private static void rest(List<Exhibit> exhibits, JsonNode input, Set<String> shown, String alsoShown) {
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            if (!shown.contains(field.getKey()) && !field.getKey().equals(alsoShown)) {
                field(exhibits, field.getKey(), field.getValue());
            }
        }
    }

    private static void field(List<Exhibit> exhibits, String name, JsonNode value) {
        if (value.isMissingNode()) {
            return;
        }
        String text = value.isValueNode() ? value.asString("") : PRETTY.writeValueAsString(value);
        String language = name.equals("command") ? "sh" : "";
        exhibits.add(new Exhibit(name, language, text));
    }

    private static Exhibit change(JsonNode edit) {
        String label = edit.path("replace_all").asBoolean(false) ? "change everywhere" : "change";
        String before = lines('-', edit.path("old_string").asString(""));
        String after = lines('+', edit.path("new_string").asString(""));
        return new Exhibit(label, "diff", before + after);
    }

    private static String lines(char sign, String text) {
        if (text.isEmpty()) {
            return "";
        }
        StringBuilder marked = new StringBuilder();
        text.lines().forEach(line -> marked.append(sign).append(line).append('\n'));
        return marked.toString();
    }
}
