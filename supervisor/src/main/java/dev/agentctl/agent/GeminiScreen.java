package dev.agentctl.agent;

import dev.agentctl.agent.AgentEvent.StatusPrinted;
import dev.agentctl.agent.AgentEvent.StatusPrinted.Road;
import java.util.List;
import java.util.Optional;

/// What Gemini CLI shows of its state in its window's title and on its screen (0.61.0).
final class GeminiScreen {
    private static final String COMPOSER_TOP = "▄▄▄▄";
    private static final String COMPOSER_END = "▀▀▀▀";

    private GeminiScreen() {}

    static Optional<StatusPrinted> titled(String title) {
        if (title.startsWith("◇  Ready")) {
            return state("idle");
        }
        if (title.startsWith("✋")) {
            return state("blocked");
        }
        return title.startsWith("✦") || title.startsWith("⏲") ? state("working") : Optional.empty();
    }

    private static Optional<StatusPrinted> state(String state) {
        return Optional.of(new StatusPrinted(state, "", "", Road.TITLE));
    }

    /// The composer is the lowest box drawn with half blocks, with no other frame below it. While a dialog such as that
    /// of the login is open it is not there, and what is typed goes into the dialog.
    static boolean showsComposer(String screen) {
        List<String> lines = screen.lines().map(String::strip).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (line.startsWith(COMPOSER_END)) {
                return beginsComposer(lines.subList(0, i));
            }
            if (line.startsWith("│") || line.startsWith("╰")) {
                return false;
            }
        }
        return false;
    }

    private static boolean beginsComposer(List<String> above) {
        for (int i = above.size() - 1; i > 0; i--) {
            if (above.get(i - 1).startsWith(COMPOSER_TOP)) {
                return above.get(i).startsWith(">");
            }
        }
        return false;
    }
}
