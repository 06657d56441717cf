package dev.agentctl.host;

import dev.agentctl.host.LogItem.Marked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one reader stands in a byte log: the next offset, and the next mark. One reader's own.
final class LogCursor {
    private long offset;
    private long sequence;
    private final Flood flood = new Flood();

    /// @param sequence the first mark wanted; -1: the marks from `offset` on
    LogCursor(long offset, long sequence) {
        this.offset = offset;
        this.sequence = sequence;
    }

    long offset() {
        return offset;
    }

    /// Whether more comes than its reader could show.
    boolean isFlooded() {
        return flood.isOn(System.nanoTime());
    }

    void passed(Marked mark) {
        sequence = mark.sequence() + 1;
    }

    /// Moves on behind the item.
    LogItem passed(LogItem item) {
        offset = switch (item) {
            case LogItem.Bytes(long from, byte[] bytes) -> {
                flood.came(bytes.length, System.nanoTime());
                yield from + bytes.length;
            }
            case LogItem.Marked marked -> marked.offset();
            case LogItem.Gap gap -> gap.to();
            case LogItem.End end -> end.offset();
        };
        return item;
    }

    /// The next mark for this reader, if any.
    @Nullable
    Marked markIn(List<Marked> marks) {
        if (marks.isEmpty() || sequence > marks.getLast().sequence()) {
            return null;
        }
        if (sequence < 0) {
            for (Marked mark : marks) {
                if (mark.offset() >= offset) {
                    sequence = mark.sequence();
                    return mark;
                }
            }
            sequence = marks.getLast().sequence() + 1;
            return null;
        }
        int low = 0;
        int high = marks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (marks.get(middle).sequence() < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return marks.get(low);
    }
}
