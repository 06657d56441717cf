package dev.agentctl.session;

import java.util.regex.Pattern;

/// A line of a screen as a pattern sees it, which lets itself be read only so often: a pattern such as `(a+)+b` would
/// go over a hostile line for longer than the sun shines. 50 000 reads take about a millisecond.
final class BoundedText implements CharSequence {
    private static final int MOST_READS = 50_000;

    private final String text;
    private final int[] left;

    private BoundedText(String text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /// Whether the pattern is found in the line; false also where that cannot be told in time.
    static boolean finds(Pattern pattern, String line) {
        try {
            return pattern.matcher(new BoundedText(line, new int[] {MOST_READS}))
                    .find();
        } catch (TooManyReads | StackOverflowError _) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new TooManyReads();
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

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyReads() {
            super("a pattern reads a line too often", null, false, false);
        }
    }
}
