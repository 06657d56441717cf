package dev.agentctl.terminal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line that others wrote, as a pattern sees it, which lets itself be read only so often: a pattern such as `(a+)+b`
/// would go over a hostile line for longer than the sun shines. 50 000 reads take about a millisecond.
public final class BoundedText implements CharSequence {
    private final String text;
    private final int[] left;

    /// @param left the reads that are left, one count for all its parts
    private BoundedText(String text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /// Whether the pattern is found in the line.
    ///
    /// @throws TooManyReads where that cannot be told with so many reads
    public static boolean finds(Pattern pattern, String line, int mostReads) {
        try {
            return pattern.matcher(new BoundedText(line, new int[] {mostReads})).find();
        } catch (StackOverflowError e) {
            throw new TooManyReads(e);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new TooManyReads(null);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.substring(start, end), left);
    }

    @Override
    public String toString() {
        return text;
    }

    /// A pattern takes too long on a line.
    public static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyReads(@Nullable Throwable cause) {
            super("the pattern takes too long", cause, false, false);
        }
    }
}
