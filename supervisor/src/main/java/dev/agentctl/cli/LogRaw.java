package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.PrintStream;

/// Hands a log on as it is, byte for byte.
record LogRaw(PrintStream out) implements LogOutput {
    @Override
    public boolean show(LogItem item) {
        return switch (item) {
            case LogItem.Bytes(long _, byte[] bytes) -> {
                out.write(bytes, 0, bytes.length);
                yield !out.checkError();
            }
            case LogItem.Marked _, LogItem.Gap _ -> true;
            case LogItem.End _ -> false;
        };
    }

    @Override
    public void end(PrintStream unused) {
        out.flush();
    }
}
