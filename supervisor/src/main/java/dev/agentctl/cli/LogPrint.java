package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import java.io.PrintStream;

/// Prints a log as text as it comes, with a line of ours in brackets for what is no output.
final class LogPrint implements LogOutput {
    private final PrintStream out;
    private final LogText text = new LogText();

    LogPrint(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean show(LogItem item) {
        switch (item) {
            case LogItem.Bytes bytes -> out.print(text.take(bytes.bytes()));
            case LogItem.Marked marked -> mark(marked.mark());
            case LogItem.Gap(long from, long to) -> note("[" + (to - from) + " bytes no longer kept]");
            case LogItem.End _ -> {
                return false;
            }
        }
        // true where nobody reads any more, as behind head(1)
        return !out.checkError();
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Started started -> note("[started, process " + started.pid() + "]");
            case Mark.Exited exited -> note("[ended with status " + exited.status() + "]");
            case Mark.Resized _ -> {
                // nobody reads a log for the size of its window
            }
        }
    }

    /// Whether the program draws on the alternate screen, as far as the output that was shown tells.
    boolean fullScreen() {
        return text.alternateScreen();
    }

    private void note(String line) {
        out.print(text.endLine());
        out.println(line);
    }

    @Override
    public void end(PrintStream unused) {
        out.print(text.endLine());
    }
}
