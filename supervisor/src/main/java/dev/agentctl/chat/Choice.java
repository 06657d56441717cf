package dev.agentctl.chat;

import dev.agentctl.agent.Decision;
import java.util.List;

/// What an operator chose for a dialog, before it is held against what the dialog asks.
public sealed interface Choice {
    record Allow() implements Choice {}

    /// Yes, now and from now on.
    ///
    /// @param number of the agent's offer, from 1
    record Always(int number) implements Choice {}

    /// No.
    ///
    /// @param reason may be empty
    record Deny(String reason) implements Choice {}

    /// The answer to its questions.
    ///
    /// @param text words, or numbers of options
    record Answer(String text) implements Choice {}

    /// A decision as text that [#read] understands.
    static String write(Decision decision) {
        return switch (decision) {
            case Decision.Allow() -> "allow";
            case Decision.Always(int offer) -> "always\n" + offer;
            case Decision.Deny(String reason) -> "deny\n" + reason;
            case Decision.Answer(List<String> answers) -> "answer\n" + String.join("\0", answers);
        };
    }

    static Decision read(String text) {
        String[] parts = text.split("\n", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        return switch (parts[0]) {
            case "allow" -> new Decision.Allow();
            case "always" -> new Decision.Always(Integer.parseInt(rest));
            case "answer" -> new Decision.Answer(List.of(rest.split("\0", -1)));
            default -> new Decision.Deny(rest);
        };
    }
}
