package dev.agentctl.recording;

import dev.agentctl.terminal.Cell;
import dev.agentctl.terminal.Cell.Attribute;
import dev.agentctl.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads what `tmux capture-pane -e` prints: text, SGR, and shifts to line drawing characters.
///
/// A capture does not say how many columns a character takes. A row with the same characters as ours is laid out as
/// ours is; any other row code point by code point. Nor does it tell the colour of blanks at the end of a row: those
/// are taken to be as ours.
final class TmuxCapture {
    private static final String LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";
    private static final Map<Integer, Attribute> ATTRIBUTES = Map.of(
            1, Attribute.BOLD,
            2, Attribute.FAINT,
            3, Attribute.ITALIC,
            4, Attribute.UNDERLINE,
            5, Attribute.BLINK,
            7, Attribute.INVERSE,
            8, Attribute.HIDDEN,
            9, Attribute.STRUCK,
            53, Attribute.OVERLINE);

    private final Map<Integer, Integer> widths = new HashMap<>();
    private int foreground = ShownCell.OWN;
    private int background = ShownCell.OWN;
    private final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    private boolean drawsLines;

    /// The captured screen, laid out like ours where it can be.
    ShownScreen screen(String capture, ShownScreen ours) {
        foreground = ShownCell.OWN;
        background = ShownCell.OWN;
        attributes.clear();
        drawsLines = false;
        String[] lines = capture.split("\n", -1);
        List<List<ShownCell>> rows = new ArrayList<>();
        for (int row = 0; row < ours.rows().size(); row++) {
            List<ShownCell> printed = printed(row < lines.length ? lines[row] : "");
            rows.add(laidOut(printed, ours.rows().get(row)));
        }
        return new ShownScreen(ours.label(), rows);
    }

    /// One cell for each code point.
    private List<ShownCell> printed(String line) {
        List<ShownCell> cells = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '\u001b') {
                int end = line.indexOf('m', i);
                rendition(line.substring(i + 2, end));
                i = end + 1;
            } else if (c == '\u000e' || c == '\u000f') {
                drawsLines = c == '\u000e';
                i++;
            } else {
                int codePoint = line.codePointAt(i);
                i += Character.charCount(codePoint);
                cells.add(new ShownCell(text(codePoint), foreground, background, attributes));
            }
        }
        return cells;
    }

    private String text(int codePoint) {
        boolean drawn = drawsLines && codePoint >= '`' && codePoint <= '~';
        return drawn ? LINES.substring(codePoint - '`', codePoint - '`' + 1) : Character.toString(codePoint);
    }

    private void rendition(String parameters) {
        String[] words = parameters.split(";", -1);
        for (int i = 0; i < words.length; i++) {
            int code = words[i].isEmpty() ? 0 : Integer.parseInt(words[i].split(":", -1)[0]);
            if (code == 38 || code == 48) {
                boolean direct = words[i + 1].equals("2");
                int colour = direct ? direct(words, i + 2) : Integer.parseInt(words[i + 2]);
                i += direct ? 4 : 2;
                if (code == 38) {
                    foreground = colour;
                } else {
                    background = colour;
                }
            } else {
                simple(code);
            }
        }
    }

    private static int direct(String[] words, int from) {
        int colour = 0;
        for (int i = from; i < from + 3; i++) {
            colour = colour << 8 | Integer.parseInt(words[i]);
        }
        return ShownCell.DIRECT | colour;
    }

    private void simple(int code) {
        Attribute attribute = ATTRIBUTES.get(code);
        if (attribute != null) {
            attributes.add(attribute);
        } else if (code == 0) {
            attributes.clear();
            foreground = ShownCell.OWN;
            background = ShownCell.OWN;
        } else if (code >= 30 && code < 40) {
            foreground = code == 39 ? ShownCell.OWN : code - 30;
        } else if (code >= 40 && code < 50) {
            background = code == 49 ? ShownCell.OWN : code - 40;
        } else if (code >= 90 && code < 98) {
            foreground = code - 90 + 8;
        } else if (code >= 100 && code < 108) {
            background = code - 100 + 8;
        } else {
            throw new IllegalArgumentException("tmux wrote SGR " + code);
        }
    }

    private List<ShownCell> laidOut(List<ShownCell> printed, List<ShownCell> ours) {
        List<ShownCell> cells = text(printed).equals(text(ours)) ? asOurs(printed, ours) : oneByOne(printed);
        List<ShownCell> row = new ArrayList<>(cells.subList(0, Math.min(cells.size(), ours.size())));
        for (int column = row.size(); column < ours.size(); column++) {
            row.add(ours.get(column).with(" "));
        }
        return List.copyOf(row);
    }

    private static String text(List<ShownCell> cells) {
        return cells.stream().map(ShownCell::text).collect(Collectors.joining()).stripTrailing();
    }

    private static List<ShownCell> asOurs(List<ShownCell> printed, List<ShownCell> ours) {
        List<ShownCell> cells = new ArrayList<>();
        int next = 0;
        ShownCell style = ours.getFirst();
        for (ShownCell our : ours) {
            if (!our.isRightHalf()) {
                style = next < printed.size() ? printed.get(next) : our;
                next += our.text().codePointCount(0, our.text().length());
            }
            cells.add(style.with(our.text()));
        }
        return cells;
    }

    private List<ShownCell> oneByOne(List<ShownCell> printed) {
        List<ShownCell> cells = new ArrayList<>();
        for (ShownCell each : printed) {
            int width = widths.computeIfAbsent(each.text().codePointAt(0), TmuxCapture::width);
            if (width == 0 && !cells.isEmpty()) {
                int last = cells.size() - (cells.getLast().isRightHalf() ? 2 : 1);
                cells.set(last, cells.get(last).with(cells.get(last).text() + each.text()));
            } else {
                cells.add(each);
            }
            if (width == 2) {
                cells.add(each.with(""));
            }
        }
        return cells;
    }

    /// How many columns the code point takes where it stands alone.
    private static int width(int codePoint) {
        Terminal terminal = new Terminal(4, 1, 0, _ -> {});
        byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        Cell cell = terminal.screen().cell(0, 0);
        return cell.text().isEmpty() ? 0 : cell.width();
    }
}
