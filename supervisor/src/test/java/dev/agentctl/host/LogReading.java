package dev.agentctl.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a reader of a log got.
///
/// @param gaps from and to
record LogReading(String text, List<LogItem.Gap> gaps, List<Mark> marks) {
    /// Reads from the offset to the end as it is now.
    static LogReading of(ByteLog log, long from) throws InterruptedException {
        LogCursor cursor = log.cursor(from, -1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<LogItem.Gap> gaps = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (LogItem item = log.next(cursor, false, false); ; item = log.next(cursor, false, false)) {
            switch (item) {
                case LogItem.Bytes(long _, byte[] more) -> bytes.writeBytes(more);
                case LogItem.Gap gap -> gaps.add(gap);
                case LogItem.Marked marked -> marks.add(marked.mark());
                case LogItem.End _ -> {
                    return new LogReading(bytes.toString(StandardCharsets.ISO_8859_1), gaps, marks);
                }
            }
        }
    }

    long missing() {
        return gaps.stream().mapToLong(gap -> gap.to() - gap.from()).sum();
    }
}
