package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Takes a log apart into lines with their times, and hands on those that are wanted.
final class LogLines implements LogOutput {
    private final LogClock clock;
    private final boolean follow;
    private final Predicate<LogLine> wanted;
    private final LineSink sink;
    private final LogText decoder = new LogText();
    private final StringBuilder line = new StringBuilder();
    private OptionalLong began = OptionalLong.empty();
    private long offset;

    /// Who takes the lines.
    interface LineSink {
        /// False when no more is wanted.
        boolean take(LogLine line);

        /// The log has been read to where it ended when the reading began; what follows is new.
        default void caughtUp() {}
    }

    /// @param follow whether the reading goes on where the log ends now
    LogLines(LogClock clock, boolean follow, Predicate<LogLine> wanted, LineSink sink) {
        this.follow = follow;
        this.clock = clock;
        this.wanted = wanted;
        this.sink = sink;
    }

    @Override
    public boolean show(LogItem item) {
        return switch (item) {
            case LogItem.Bytes(long from, byte[] bytes) -> bytes(from, bytes);
            case LogItem.Marked marked -> mark(marked);
            case LogItem.Gap(long from, long to) -> {
                offset = to;
                yield note(clock.at(offset), "[" + (to - from) + " bytes no longer kept]");
            }
            case LogItem.End _ -> false;
        };
    }

    private boolean bytes(long from, byte[] bytes) {
        boolean more = true;
        for (int at = 0; at < bytes.length && more; ) {
            offset = from + at;
            int length = (int) Math.min(bytes.length - at, clock.nextChange(offset) - offset);
            byte[] part = new byte[length];
            System.arraycopy(bytes, at, part, 0, length);
            more = text(decoder.take(part));
            at += length;
        }
        offset = from + bytes.length;
        if (more && follow && offset >= clock.end()) {
            sink.caughtUp();
        }
        return more;
    }

    private boolean text(String text) {
        boolean more = true;
        for (int i = 0; i < text.length() && more; i++) {
            char c = text.charAt(i);
            if (line.isEmpty()) {
                began = clock.at(offset);
            }
            if (c == '\n') {
                more = endLine();
            } else {
                line.append(c);
            }
        }
        return more;
    }

    private boolean endLine() {
        LogLine ended = new LogLine(began, line.toString());
        line.setLength(0);
        return !wanted.test(ended) || sink.take(ended);
    }

    private boolean mark(LogItem.Marked marked) {
        offset = Math.max(offset, marked.offset());
        return switch (marked.mark()) {
            case Mark.Started started -> note(clock.at(offset), "[started, process " + started.pid() + "]");
            case Mark.Exited exited -> note(clock.endAt(offset, follow), "[ended with status " + exited.status() + "]");
            case Mark.Resized _ -> true;
        };
    }

    private boolean note(OptionalLong at, String words) {
        boolean more = text(decoder.endLine());
        LogLine note = new LogLine(at, words);
        return more && (!wanted.test(note) || sink.take(note));
    }

    @Override
    public void end(PrintStream unused) {
        boolean _ = text(decoder.endLine()) && (line.isEmpty() || endLine());
    }
}
