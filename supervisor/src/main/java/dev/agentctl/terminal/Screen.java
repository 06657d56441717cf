package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a terminal showed at one moment. Immutable; any thread may read it. Rows and columns count from 0.
public final class Screen {
    private final List<Row> rows;
    private final int columns;
    private final int cursorRow;
    private final int cursorColumn;
    private final boolean cursorVisible;
    private final boolean alternate;
    private final String title;

    Screen(TerminalState state) {
        List<Row> copies = new ArrayList<>(state.rows);
        for (Row row : state.grid().rows()) {
            copies.add(row.resized(state.columns));
        }
        rows = List.copyOf(copies);
        columns = state.columns;
        cursorRow = state.cursor.row;
        cursorColumn = state.cursor.column;
        cursorVisible = state.modes.isSet(Mode.CURSOR_VISIBLE);
        alternate = state.isAlternate();
        title = state.title;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows.size();
    }

    public int cursorRow() {
        return cursorRow;
    }

    /// The cursor's column; the last one also while the cursor waits behind it.
    public int cursorColumn() {
        return cursorColumn;
    }

    public boolean cursorVisible() {
        return cursorVisible;
    }

    /// Whether this is the alternate screen, which full-screen programs use and which has no history.
    public boolean alternate() {
        return alternate;
    }

    public String title() {
        return title;
    }

    public Cell cell(int row, int column) {
        Objects.checkIndex(column, columns);
        return Cell.of(rows.get(row), column);
    }

    /// The text of one row without trailing blanks.
    public String line(int row) {
        return RowText.plain(rows.get(row));
    }

    /// Whether the text of a row goes on in the next one: it was too long for the row.
    public boolean goesOn(int row) {
        return rows.get(row).wrapped;
    }

    /// The text of all rows, each without trailing blanks.
    public List<String> lines() {
        return rows.stream().map(RowText::plain).toList();
    }

    /// All rows, each ended by a newline, without trailing blanks and without the blank rows at the end.
    public String text() {
        return joined(lines());
    }

    /// As [#text] with the colours as SGR sequences; each row begins and ends in the plain style.
    public String ansi() {
        return joined(rows.stream().map(RowText::styled).toList());
    }

    /// All rows as [#ansi] has them, cut to so many columns.
    public List<String> ansiLines(int most) {
        return rows.stream()
                .map(row -> RowText.styled(most < columns ? row.resized(most) : row))
                .toList();
    }

    private static String joined(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) {
            end--;
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(0, end)) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
