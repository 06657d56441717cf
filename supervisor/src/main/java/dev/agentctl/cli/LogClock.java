package dev.agentctl.cli;

import dev.agentctl.host.LogTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// When the bytes of a log came, by their offset. What comes after the times were asked for comes now. Pure but for
/// the clock it is given.
///
/// @param times oldest first
/// @param end of the log when they were asked for
record LogClock(List<LogTime> times, long end, LongSupplier now) {
    /// Milliseconds since the epoch, to about a second; empty where the log does not know.
    OptionalLong at(long offset) {
        if (offset >= end) {
            return OptionalLong.of(now.getAsLong());
        }
        int index = after(offset) - 1;
        return index < 0
                ? OptionalLong.empty()
                : OptionalLong.of(times.get(index).millis());
    }

    /// When a child ended whose last byte is before the offset: that was noted like a byte, unless one had come within
    /// the second before.
    ///
    /// @param follows whether the end may have come after the times were asked for
    OptionalLong endAt(long offset, boolean follows) {
        int first = after(offset - 1);
        if (first < times.size() && times.get(first).offset() == offset) {
            return OptionalLong.of(times.get(first).millis());
        }
        return offset == 0 || (follows && offset >= end) ? at(offset) : at(offset - 1);
    }

    /// The first offset behind this one whose time differs.
    long nextChange(long offset) {
        int index = after(offset);
        return index < times.size() ? times.get(index).offset() : offset < end ? end : Long.MAX_VALUE;
    }

    /// The first offset that came at this time or later; the end where none did.
    long since(long millis) {
        return times.stream()
                .filter(time -> time.millis() >= millis)
                .mapToLong(LogTime::offset)
                .findFirst()
                .orElse(end);
    }

    /// The index of the first entry behind the offset.
    private int after(long offset) {
        int low = 0;
        int high = times.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
