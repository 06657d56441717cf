package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which lines `logs --grep` shows. A regular expression of Java's may take a time that grows with the power of the
/// line, and the lines are written by others: so it gets only so many looks at each line.
final class LineFilter {
    private static final int MOST_LOOKS = 2_000_000;

    private LineFilter() {}

    /// The pattern takes too long on a line.
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlow(Throwable cause) {
            super("the pattern takes too long", cause);
        }

        TooSlow() {
            super("the pattern takes too long");
        }
    }

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
            return line -> finds(compiled, line);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--grep: " + Printable.line(e.getDescription()) + " at " + e.getIndex(), e);
        }
    }

    private static boolean finds(Pattern pattern, String line) {
        try {
            return pattern.matcher(new Watched(line, new int[] {MOST_LOOKS})).find();
        } catch (StackOverflowError e) {
            throw new TooSlow(e);
        }
    }

    /// A text that counts the looks at it.
    ///
    /// @param left one for all its parts
    private record Watched(CharSequence text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooSlow();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
