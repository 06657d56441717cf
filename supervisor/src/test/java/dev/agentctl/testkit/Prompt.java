package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the user's own words in a message of role `user` from what the agents' harnesses put there.
final class Prompt {
    /// Blocks that Claude (system-reminder), Gemini (session_context) and Codex (the others) send in the role of the
    /// user.
    private static final Pattern HARNESS = Pattern.compile(
            "<(system-reminder|session_context|environment_context|user_instructions|skills_instructions|turn_aborted|INSTRUCTIONS)>.*?</\\1>",
            Pattern.DOTALL);

    private static final Pattern INTERRUPTED = Pattern.compile("\\[Request interrupted[^\\]]*\\]");

    /// Words passed on for somebody: Claude 2.1.329 wraps a message typed while a tool was running, Codex what a Stop
    /// hook gave as its reason to go on.
    private static final Pattern PASSED_ON = Pattern.compile(
            "The user sent a new message while you were working:\n(.*?)\n\nThis is how Claude Code surfaces .*"
                    + "|<hook_prompt [^>]*>(.*?)</hook_prompt>",
            Pattern.DOTALL);

    private Prompt() {}

    /// The pieces of one text block, in order. Claude puts each message into a block of its own, also where it joins
    /// two in one message because the first got no answer.
    static List<ModelItem> items(String block) {
        List<ModelItem> items = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        Matcher harness = HARNESS.matcher(block);
        while (harness.find()) {
            items.add(new ModelItem.Harness(Objects.requireNonNull(harness.group())));
            harness.appendReplacement(words, "");
        }
        harness.appendTail(words);
        String own = INTERRUPTED.matcher(words).replaceAll("").strip();
        Matcher passedOn = PASSED_ON.matcher(own);
        String prompt = passedOn.matches() ? firstGroup(passedOn) : own;
        if (!prompt.isEmpty()) {
            items.add(new ModelItem.User(prompt));
        }
        return items;
    }

    private static String firstGroup(Matcher match) {
        return Objects.requireNonNull(match.group(match.group(1) == null ? 2 : 1));
    }
}
