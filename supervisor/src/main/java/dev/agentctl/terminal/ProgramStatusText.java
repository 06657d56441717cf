package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Reads the fields of an OSC 7501 report: `state=blocked:app=claude-code:kind=permission:msg=BASE64`.
final class ProgramStatusText {
    private static final Set<String> STATES = Set.of("idle", "working", "done", "blocked", "error", "clear");
    private static final int FIELD_LIMIT = 16;
    private static final int NAME_LIMIT = 64;
    private static final int MESSAGE_LIMIT = 4096;

    private ProgramStatusText() {}

    /// Empty where the text names no known state.
    static Optional<TerminalEvent> parse(String text) {
        String state = "";
        String application = "";
        String kind = "";
        String message = "";
        for (String field : text.split(":", FIELD_LIMIT)) {
            int split = field.indexOf('=');
            String value = field.substring(split + 1);
            switch (split < 0 ? "" : field.substring(0, split)) {
                case "state" -> state = value;
                case "app" -> application = HostileText.clean(value, NAME_LIMIT);
                case "kind" -> kind = HostileText.clean(value, NAME_LIMIT);
                case "msg" -> message = decoded(value);
                default -> {}
            }
        }
        return STATES.contains(state)
                ? Optional.of(new TerminalEvent.ProgramStatus(state, application, kind, message))
                : Optional.empty();
    }

    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return HostileText.clean(new String(bytes, StandardCharsets.UTF_8), MESSAGE_LIMIT);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
