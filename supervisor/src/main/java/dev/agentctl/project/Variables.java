package dev.agentctl.project;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${NAME}`, `${NAME:-default}` and a leading `~` in the configuration's strings; `$$` is a dollar sign, and
/// so is one that is followed by anything else. One reading uses one of these, since what it may produce is bounded as
/// a whole. No message of it holds a value.
final class Variables {
    /// What all replacements of a reading together may come to, in characters: a small file must not become a huge one.
    private static final int LONGEST = 4 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;
    private final Path home;
    private int left = LONGEST;

    Variables(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /// The text with its variables replaced; empty after having told `problem` why it cannot be.
    Optional<String> expand(String written, Consumer<String> problem) {
        if (written.indexOf('$') < 0) {
            return Optional.of(written);
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            int next = step(written, at, text, problem);
            if (next >= 0 && text.length() > left) {
                problem.accept("is too long once its variables are replaced");
            }
            if (next < 0 || text.length() > left) {
                return Optional.empty();
            }
            at = next;
        }
        return spend(text.length()) ? Optional.of(text.toString()) : Optional.empty();
    }

    /// Counts `length` characters more against what this reading may hold; false where that is used up.
    boolean spend(int length) {
        left = Math.max(left - length, -1);
        return left >= 0;
    }

    /// A path as a person writes it: `~` and `~/…` begin at home.
    String home(String text) {
        return text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    }

    /// Appends what stands at `at`, and returns where to go on; -1 after a problem.
    private int step(String written, int at, StringBuilder text, Consumer<String> problem) {
        if (written.startsWith("$$", at)) {
            text.append('$');
            return at + 2;
        }
        if (!written.startsWith("${", at)) {
            int dollar = written.indexOf('$', at + 1);
            int end = dollar < 0 ? written.length() : dollar;
            text.append(written, at, end);
            return end;
        }
        int close = written.indexOf('}', at);
        if (close < 0) {
            problem.accept("has '${' without '}'; write $${ for the two characters themselves");
            return -1;
        }
        Optional<String> value = value(written.substring(at + 2, close), problem);
        value.ifPresent(text::append);
        return value.isPresent() ? close + 1 : -1;
    }

    /// What stands for the inside of `${…}`. As in a shell, the default also replaces an empty value.
    private Optional<String> value(String inside, Consumer<String> problem) {
        Matcher name = NAME.matcher(inside);
        String rest = name.lookingAt() ? inside.substring(name.end()) : "?";
        boolean known = rest.isEmpty() || rest.startsWith(":-");
        if (!known || rest.contains("${")) {
            problem.accept("may hold ${NAME} and ${NAME:-default} only; write $${ for the two characters themselves");
            return Optional.empty();
        }
        String variable = inside.substring(0, name.end());
        Optional<String> set = Optional.ofNullable(environment.get(variable));
        if (!rest.isEmpty()) {
            return Optional.of(set.filter(value -> !value.isEmpty()).orElse(rest.substring(2)));
        }
        if (set.isEmpty()) {
            problem.accept("needs the environment variable " + Problem.cut(variable) + ", which is not set");
        }
        return set;
    }
}
