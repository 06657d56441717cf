package dev.agentctl.terminal;

import java.util.BitSet;

/// The tab stops, every eighth column at first.
final class TabStops {
    private static final int DISTANCE = 8;

    private final BitSet stops = new BitSet();
    private int columns;

    TabStops(int columns) {
        resize(columns);
    }

    /// New columns get the regular stops, also when they were cut off before.
    void resize(int newColumns) {
        stops.clear(newColumns, Math.max(newColumns, columns));
        for (int column = columns; column < newColumns; column++) {
            if (column % DISTANCE == 0 && column > 0) {
                stops.set(column);
            }
        }
        columns = newColumns;
    }

    void reset() {
        stops.clear();
        int all = columns;
        columns = 0;
        resize(all);
    }

    void set(int column) {
        stops.set(column);
    }

    void clear(int column) {
        stops.clear(column);
    }

    void clearAll() {
        stops.clear();
    }

    /// The next stop to the right, or the last column.
    int after(int column) {
        int stop = stops.nextSetBit(column + 1);
        return stop < 0 || stop >= columns ? columns - 1 : stop;
    }

    /// The next stop to the left, or the first column.
    int before(int column) {
        return column == 0 ? 0 : Math.max(stops.previousSetBit(column - 1), 0);
    }

    boolean isRegular() {
        return stops.equals(new TabStops(columns).stops);
    }

    boolean isSet(int column) {
        return stops.get(column);
    }
}
