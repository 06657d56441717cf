package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.PrintStream;
import java.util.function.Predicate;

/// A log as printed lines.
final class LinesPrinted implements LogOutput {
    private final LogLines lines;
    private final LinePrint print;

    LinesPrinted(LogClock clock, boolean follow, Predicate<LogLine> wanted, LinePrint print) {
        this.lines = new LogLines(clock, follow, wanted, print);
        this.print = print;
    }

    @Override
    public boolean show(LogItem item) {
        return lines.show(item);
    }

    @Override
    public void end(PrintStream out) {
        lines.end(out);
        print.caughtUp();
    }
}
