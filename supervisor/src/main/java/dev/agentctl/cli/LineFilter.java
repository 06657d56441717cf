package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.terminal.BoundedText;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which lines `logs --grep` shows. A regular expression of Java's may take a time that grows with the power of the
/// line, and the lines are written by others: so it gets only so many looks at each line.
final class LineFilter {
    private static final int MOST_LOOKS = 2_000_000;

    private LineFilter() {}

    /// @throws CommandFailure where it is no regular expression
    static Predicate<String> of(String pattern, boolean regex, boolean ignoreCase) throws CommandFailure {
        if (regex) {
            return expression(pattern, ignoreCase);
        }
        String wanted = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
        return line -> (ignoreCase ? line.toLowerCase(Locale.ROOT) : line).contains(wanted);
    }

    private static Predicate<String> expression(String pattern, boolean ignoreCase) throws CommandFailure {
        try {
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            Pattern compiled = Pattern.compile(pattern, flags);
            return line -> BoundedText.finds(compiled, line, MOST_LOOKS);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--grep: " + Printable.line(e.getDescription()) + " at " + e.getIndex(), e);
        }
    }
}
