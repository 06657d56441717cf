package dev.agentctl.project;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads the keys of a project that only mean something to agent `command`.
final class HabitKeys {
    static final List<String> KNOWN = List.of("ready", "busy", "dialog", "inject", "resume_args");
    private static final int LONGEST = 1_000;

    private HabitKeys() {}

    static Habits read(Section section) {
        return new Habits(
                section.entry("ready").flatMap(HabitKeys::pattern),
                section.entry("busy").flatMap(HabitKeys::pattern),
                section.entry("dialog").flatMap(HabitKeys::pattern),
                section.entry("inject")
                        .flatMap(entry ->
                                entry.oneOf(word -> Inject.of(word.toLowerCase(Locale.ROOT)), "paste or line")),
                section.entry("resume_args").flatMap(args -> args.texts("[\"--continue\"]")));
    }

    private static Optional<String> pattern(Entry entry) {
        return entry.word().filter(text -> {
            Optional<String> complaint = complaint(text);
            complaint.ifPresent(entry::problem);
            return complaint.isEmpty();
        });
    }

    private static Optional<String> complaint(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        try {
            return Pattern.compile(text).matcher("").find()
                    ? Optional.of("matches an empty line, so it would match always")
                    : Optional.empty();
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " near character " + (e.getIndex() + 1);
            return Optional.of("is no regular expression: " + Problem.cut(e.getDescription()) + place);
        }
    }
}
