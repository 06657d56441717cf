package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// The lines that scrolled off the top of the main screen, oldest first, bounded in number.
final class History {
    /// Characters of cluster tails and hyperlinks kept in all lines together; output is hostile, and both could
    /// otherwise outweigh the text by far.
    private static final int DECORATION_BUDGET = 2_000_000;

    private final int limit;
    private HistoryLine[] ring;
    private int start;
    private int size;
    private int decoration;

    History(int limit) {
        this.limit = limit;
        this.ring = new HistoryLine[Math.min(limit, 64)];
    }

    int size() {
        return size;
    }

    void push(Row row) {
        if (limit == 0) {
            return;
        }
        HistoryLine line;
        if (size == limit) {
            line = ring[start];
            decoration -= line.cost();
            start = start + 1 == ring.length ? 0 : start + 1;
            size--;
        } else {
            line = new HistoryLine();
            growIfFull();
        }
        line.store(row, DECORATION_BUDGET - decoration);
        decoration += line.cost();
        ring[slot(size)] = line;
        size++;
    }

    private void growIfFull() {
        if (size < ring.length) {
            return;
        }
        HistoryLine[] larger = new HistoryLine[Math.min(limit, ring.length * 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = line(i);
        }
        ring = larger;
        start = 0;
    }

    private HistoryLine line(int index) {
        return ring[slot(index)];
    }

    /// Where the line is in the ring; a comparison is much cheaper than a division in a flood of short lines.
    private int slot(int index) {
        int slot = start + index;
        return slot < ring.length ? slot : slot - ring.length;
    }

    Row row(int index, int columns) {
        return line(index).toRow(columns);
    }

    /// The last `count` lines, or fewer where there are fewer.
    List<Row> last(int count, int columns) {
        int taken = Math.clamp(count, 0, size);
        List<Row> rows = new ArrayList<>(taken);
        for (int i = size - taken; i < size; i++) {
            rows.add(row(i, columns));
        }
        return rows;
    }

    /// The newest line no longer goes on in the screen's first row.
    void endLine() {
        if (size > 0) {
            line(size - 1).wrapped = false;
        }
    }

    void clear() {
        ring = new HistoryLine[Math.min(limit, 64)];
        start = 0;
        size = 0;
        decoration = 0;
    }
}
