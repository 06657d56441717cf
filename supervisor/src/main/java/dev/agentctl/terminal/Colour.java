package dev.agentctl.terminal;

/// A cell's colour.
public sealed interface Colour {
    /// The terminal's own foreground or background.
    record Default() implements Colour {}

    /// A colour of the palette.
    ///
    /// @param entry of the palette, 0 to 255
    record Indexed(int entry) implements Colour {}

    /// A colour of its own.
    ///
    /// @param rgb 0xRRGGBB
    record Direct(int rgb) implements Colour {}

    /// The colour as 0xRRGGBB in our palette.
    ///
    /// @param own what the terminal's own colour is here
    default int rgb(int own) {
        return switch (this) {
            case Default _ -> own;
            case Indexed indexed -> Palette.entry(indexed.entry());
            case Direct direct -> direct.rgb();
        };
    }

    /// Reads a colour as packed in [Style].
    static Colour of(int packed) {
        if (packed == Style.DEFAULT_COLOUR) {
            return new Default();
        }
        return (packed & Style.RGB) != 0 ? new Direct(packed & 0xFFFFFF) : new Indexed(packed - 1);
    }
}
