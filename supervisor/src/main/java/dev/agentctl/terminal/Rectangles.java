package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// The sequences that work on a rectangle of cells (VT420): copy, fill, erase, change attributes, checksum.
final class Rectangles {
    private static final int COPY = ('$' << 8) | 'v';
    private static final int FILL = ('$' << 8) | 'x';
    private static final int ERASE = ('$' << 8) | 'z';
    private static final int ERASE_SELECTIVELY = ('$' << 8) | '{';
    private static final int CHANGE_ATTRIBUTES = ('$' << 8) | 'r';
    private static final int REVERSE_ATTRIBUTES = ('$' << 8) | 't';
    private static final int ATTRIBUTE_EXTENT = ('*' << 8) | 'x';
    private static final int CHECKSUM = ('*' << 8) | 'y';

    private final TerminalState state;
    private final Reports reports;

    Rectangles(TerminalState state, Reports reports) {
        this.state = state;
        this.reports = reports;
    }

    /// Carries the sequence out if it is one of these.
    ///
    /// @return whether it was
    boolean apply(int key, Parameters parameters) {
        switch (key) {
            case COPY -> copy(area(parameters, 0), parameters.positive(5) - 1, parameters.positive(6) - 1);
            case FILL -> fill(area(parameters, 1), parameters.value(0));
            case ERASE -> erase(area(parameters, 0), false);
            case ERASE_SELECTIVELY -> erase(area(parameters, 0), !state.isoProtection);
            case CHANGE_ATTRIBUTES -> changeAttributes(area(parameters, 0), parameters, false);
            case REVERSE_ATTRIBUTES -> changeAttributes(area(parameters, 0), parameters, true);
            case ATTRIBUTE_EXTENT -> {
                state.attributesInRectangle = parameters.value(0) == 2;
                return true;
            }
            case CHECKSUM -> {
                reports.checksum(parameters.value(0), Checksum.of(state.grid(), area(parameters, 2)));
                return true;
            }
            default -> {
                return false;
            }
        }
        state.lastPrinted = 0;
        return true;
    }

    private Area area(Parameters parameters, int first) {
        return Area.of(parameters, first, state);
    }

    private void copy(Area from, int row, int column) {
        Area page = Area.page(state);
        int top = page.top() + row;
        int left = page.left() + column;
        int width = Math.min(from.width(), page.right() - left + 1);
        int height = Math.min(from.height(), page.bottom() - top + 1);
        if (from.isEmpty() || width <= 0) {
            return;
        }
        // Source and target may overlap.
        List<Row> source = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            source.add(state.grid().row(from.top() + i).resized(state.columns));
        }
        for (int i = 0; i < height; i++) {
            state.grid().row(top + i).replace(source.get(i), from.left(), left, width);
        }
    }

    private void fill(Area area, int character) {
        boolean printable = (character >= 0x20 && character < 0x7F) || (character >= 0xA0 && character <= 0xFF);
        if (!printable || area.isEmpty()) {
            return;
        }
        for (int i = area.top(); i <= area.bottom(); i++) {
            Row row = state.grid().row(i);
            for (int column = area.left(); column <= area.right(); column++) {
                row.put(column, character, 1, state.pen);
            }
        }
    }

    private void erase(Area area, boolean selectively) {
        if (area.isEmpty()) {
            return;
        }
        for (int i = area.top(); i <= area.bottom(); i++) {
            Row row = state.grid().row(i);
            if (selectively) {
                row.eraseUnprotected(area.left(), area.right() + 1, state.fill());
            } else {
                row.erase(area.left(), area.right() + 1, state.fill());
            }
        }
    }

    /// DECCARA and DECRARA. Unless DECSACE chose the rectangle, the cells from its first to its last corner are meant,
    /// as text runs.
    private void changeAttributes(Area area, Parameters parameters, boolean reverse) {
        if (area.isEmpty()) {
            return;
        }
        Area page = Area.page(state);
        for (int i = area.top(); i <= area.bottom(); i++) {
            boolean asText = !state.attributesInRectangle;
            int from = asText && i > area.top() ? page.left() : area.left();
            int to = asText && i < area.bottom() ? page.right() : area.right();
            Row row = state.grid().row(i);
            for (int column = from; column <= to; column++) {
                AttributeChange.apply(row, column, parameters, reverse);
            }
        }
    }
}
