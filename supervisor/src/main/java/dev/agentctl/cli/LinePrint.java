package dev.agentctl.cli;

import java.io.PrintStream;

/// Prints lines as they come; where only the last so many are wanted, first those, and then what is new.
final class LinePrint implements LogLines.LineSink {
    private final PrintStream out;
    private final boolean stamps;
    private final LastLines last;
    private boolean printing;

    /// @param most how many of the lines that there are already; [Long#MAX_VALUE]: all
    LinePrint(PrintStream out, boolean stamps, long most) {
        this.out = out;
        this.stamps = stamps;
        this.last = new LastLines(most);
        this.printing = most == Long.MAX_VALUE;
    }

    @Override
    public boolean take(LogLine line) {
        if (!printing) {
            return last.take(line);
        }
        out.println(stamps ? line.stamped() : line.text());
        // true where nobody reads any more, as behind head(1)
        return !out.checkError();
    }

    @Override
    public void caughtUp() {
        if (!printing) {
            printing = true;
            for (LogLine line : last.lines()) {
                boolean _ = take(line);
            }
        }
    }
}
