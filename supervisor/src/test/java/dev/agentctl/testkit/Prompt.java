package dev.agentctl.testkit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The user's own words in a user message, freed of what the agents' harnesses put into the same message.
final class Prompt {
    /// Blocks that Claude (system-reminder) and Codex (the others) send in the role of the user.
    private static final Pattern HARNESS = Pattern.compile(
            "<(system-reminder|environment_context|user_instructions|skills_instructions|turn_aborted|INSTRUCTIONS)>.*?</\\1>",
            Pattern.DOTALL);

    private static final Pattern INTERRUPTED = Pattern.compile("\\[Request interrupted[^\\]]*\\]");

    private Prompt() {}

    /// The words in the text blocks of one message, or an empty text where the user said nothing in it.
    static String of(List<String> blocks) {
        return blocks.stream().map(Prompt::of).filter(words -> !words.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String of(String block) {
        String own = HARNESS.matcher(block).replaceAll("");
        return INTERRUPTED.matcher(own).replaceAll("").strip();
    }
}
