package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.PrintStream;

/// What becomes of a log that is read.
interface LogOutput {
    /// Takes the next item; false when no more is wanted.
    boolean show(LogItem item);

    /// The log, or the wish for it, is at its end.
    void end(PrintStream out);
}
