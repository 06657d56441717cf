package dev.agentctl.terminal;

/// The look that the next printed cell gets.
final class Pen {
    long style = Style.PLAIN;
    Extra extra = Extra.NONE;

    void set(long newStyle, Extra newExtra) {
        style = newStyle;
        extra = newExtra;
    }

    /// Replaces the extra and keeps the style's flag for it true.
    void setExtra(Extra newExtra) {
        extra = newExtra;
        style = newExtra.isNone() ? style & ~Style.EXTRA : style | Style.EXTRA;
    }

    /// SGR 0: everything but the hyperlink and the protection goes; those have commands of their own.
    void reset() {
        style &= Style.PROTECTED;
        setExtra(extra.withUnderlineColour(Style.DEFAULT_COLOUR));
    }
}
