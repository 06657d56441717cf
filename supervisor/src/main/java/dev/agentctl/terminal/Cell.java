package dev.agentctl.terminal;

import java.util.EnumSet;
import java.util.Set;

/// One cell of a [Screen].
///
/// @param text the grapheme cluster shown, empty for a blank and for the right half of a wide character
/// @param width 1, 2 for a wide character, 0 for the right half of one
/// @param link target of a hyperlink, empty for none
public record Cell(
        String text, int width, Colour foreground, Colour background, Set<Attribute> attributes, String link) {

    public enum Attribute {
        BOLD,
        FAINT,
        ITALIC,
        UNDERLINE,
        BLINK,
        INVERSE,
        HIDDEN,
        STRUCK,
        OVERLINE
    }

    /// The terminal's own colours, as 0xRRGGBB.
    public static final int OWN_FOREGROUND = Palette.FOREGROUND;

    public static final int OWN_BACKGROUND = Palette.BACKGROUND;

    public Cell {
        attributes = Set.copyOf(attributes);
    }

    /// What its text is drawn with, as 0xRRGGBB, with inversion and faintness applied.
    public int ink() {
        boolean inverse = attributes.contains(Attribute.INVERSE);
        int ink = inverse ? background.rgb(OWN_BACKGROUND) : foreground.rgb(OWN_FOREGROUND);
        return attributes.contains(Attribute.FAINT) ? halfway(ink, paper()) : ink;
    }

    /// What it is drawn on, as 0xRRGGBB, with inversion applied.
    public int paper() {
        boolean inverse = attributes.contains(Attribute.INVERSE);
        return inverse ? foreground.rgb(OWN_FOREGROUND) : background.rgb(OWN_BACKGROUND);
    }

    private static int halfway(int one, int other) {
        // each channel's lowest bit is dropped, so that no sum runs over into its neighbour
        return ((one & 0xFEFEFE) >>> 1) + ((other & 0xFEFEFE) >>> 1);
    }

    static Cell of(Row row, int column) {
        long style = row.styles[column];
        boolean rightHalf = row.codePoints[column] == Row.RIGHT_HALF;
        int width = rightHalf ? 0 : row.isWide(column) ? 2 : 1;
        return new Cell(
                rightHalf ? "" : text(row, column),
                width,
                Colour.of(Style.foreground(style)),
                Colour.of(Style.background(style)),
                attributes(style),
                row.extra(column).link());
    }

    private static String text(Row row, int column) {
        int codePoint = row.codePoints[column];
        return codePoint <= 0 ? "" : Character.toString(codePoint) + row.tail(column);
    }

    private static Set<Attribute> attributes(long style) {
        EnumSet<Attribute> found = EnumSet.noneOf(Attribute.class);
        add(found, style, Style.BOLD, Attribute.BOLD);
        add(found, style, Style.FAINT, Attribute.FAINT);
        add(found, style, Style.ITALIC, Attribute.ITALIC);
        add(found, style, Style.BLINK, Attribute.BLINK);
        add(found, style, Style.INVERSE, Attribute.INVERSE);
        add(found, style, Style.HIDDEN, Attribute.HIDDEN);
        add(found, style, Style.STRUCK, Attribute.STRUCK);
        add(found, style, Style.OVERLINE, Attribute.OVERLINE);
        if (Style.underline(style) != 0) {
            found.add(Attribute.UNDERLINE);
        }
        return found;
    }

    private static void add(EnumSet<Attribute> found, long style, long flag, Attribute attribute) {
        if ((style & flag) != 0) {
            found.add(attribute);
        }
    }
}
