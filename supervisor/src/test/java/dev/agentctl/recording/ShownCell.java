package dev.agentctl.recording;

import dev.agentctl.terminal.Cell;
import dev.agentctl.terminal.Cell.Attribute;
import dev.agentctl.terminal.Colour;
import java.util.Set;

/// A cell as any terminal would tell it.
///
/// @param text what stands in it; a space for a blank, empty for the right half of a wide character
/// @param foreground 0 to 255, [#DIRECT] and a 24-bit colour, or [#OWN]
/// @param background the same
record ShownCell(String text, int foreground, int background, Set<Attribute> attributes) {
    /// The terminal's own colour.
    static final int OWN = -1;

    /// Added to a colour given as 24 bits.
    static final int DIRECT = 1 << 24;

    static final ShownCell BLANK = new ShownCell(" ", OWN, OWN, Set.of());

    ShownCell {
        // It looks the same, and tmux prints one for the other.
        text = text.equals("\u00a0") ? " " : text;
        attributes = Set.copyOf(attributes);
    }

    static ShownCell of(Cell cell) {
        String text = cell.text().isEmpty() && cell.width() > 0 ? " " : cell.text();
        return new ShownCell(text, colour(cell.foreground()), colour(cell.background()), cell.attributes());
    }

    private static int colour(Colour colour) {
        return switch (colour) {
            case Colour.Default _ -> OWN;
            case Colour.Indexed indexed -> indexed.entry();
            case Colour.Direct direct -> DIRECT | direct.rgb();
        };
    }

    boolean isRightHalf() {
        return text.isEmpty();
    }

    ShownCell with(String newText) {
        return new ShownCell(newText, foreground, background, attributes);
    }

    boolean looksLike(ShownCell other) {
        // A blank shows its foreground only through lines and inversion.
        boolean blank = text.isBlank() && attributes.isEmpty();
        return background == other.background
                && attributes.equals(other.attributes)
                && (blank || foreground == other.foreground);
    }
}
