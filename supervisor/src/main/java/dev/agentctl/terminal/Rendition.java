package dev.agentctl.terminal;

/// SGR: how its parameters change the pen, and which parameters produce a given style.
final class Rendition {
    private Rendition() {}

    static void apply(Parameters parameters, Pen pen) {
        apply(parameters, 0, pen);
    }

    /// Applies the parameters from `first` on; without any, the pen is reset.
    static void apply(Parameters parameters, int first, Pen pen) {
        if (first >= parameters.count()) {
            pen.reset();
        }
        int i = first;
        while (i < parameters.count()) {
            int code = parameters.value(i);
            if (code == 38 || code == 48 || code == 58) {
                i = extendedColour(parameters, i, pen);
            } else if (code == 4) {
                boolean styled = parameters.isSub(i + 1);
                int kind = styled ? parameters.value(i + 1) : 1;
                pen.style = Style.withUnderline(pen.style, kind <= 5 ? kind : 1);
            } else {
                simple(code, pen);
            }
            i++;
            while (parameters.isSub(i)) {
                i++;
            }
        }
    }

    private static void simple(int code, Pen pen) {
        long style = pen.style;
        if (code >= 30 && code <= 37) {
            pen.style = Style.withForeground(style, Style.indexed(code - 30));
        } else if (code >= 40 && code <= 47) {
            pen.style = Style.withBackground(style, Style.indexed(code - 40));
        } else if (code >= 90 && code <= 97) {
            pen.style = Style.withForeground(style, Style.indexed(code - 90 + 8));
        } else if (code >= 100 && code <= 107) {
            pen.style = Style.withBackground(style, Style.indexed(code - 100 + 8));
        } else if (code == 0) {
            pen.reset();
        } else if (code == 59) {
            pen.setExtra(pen.extra.withUnderlineColour(Style.DEFAULT_COLOUR));
        } else {
            pen.style = attribute(code, style);
        }
    }

    private static long attribute(int code, long style) {
        return switch (code) {
            case 1 -> style | Style.BOLD;
            case 2 -> style | Style.FAINT;
            case 3 -> style | Style.ITALIC;
            case 5, 6 -> style | Style.BLINK;
            case 7 -> style | Style.INVERSE;
            case 8 -> style | Style.HIDDEN;
            case 9 -> style | Style.STRUCK;
            case 21 -> Style.withUnderline(style, 2);
            case 22 -> style & ~(Style.BOLD | Style.FAINT);
            case 23 -> style & ~Style.ITALIC;
            case 24 -> Style.withUnderline(style, 0);
            case 25 -> style & ~Style.BLINK;
            case 27 -> style & ~Style.INVERSE;
            case 28 -> style & ~Style.HIDDEN;
            case 29 -> style & ~Style.STRUCK;
            case 39 -> Style.withForeground(style, Style.DEFAULT_COLOUR);
            case 49 -> Style.withBackground(style, Style.DEFAULT_COLOUR);
            case 53 -> style | Style.OVERLINE;
            case 55 -> style & ~Style.OVERLINE;
            default -> style;
        };
    }

    /// `38;5;n`, `38;2;r;g;b`, `38:5:n`, `38:2:r:g:b` and, with a colour space, `38:2::r:g:b`.
    ///
    /// @return the index of the last parameter used
    private static int extendedColour(Parameters parameters, int at, Pen pen) {
        int target = parameters.value(at);
        int kind = parameters.value(at + 1);
        boolean colons = parameters.isSub(at + 1);
        if (kind == 5) {
            setColour(pen, target, Style.indexed(parameters.value(at + 2) & 0xFF));
            return at + 2;
        }
        if (kind != 2) {
            return at + 1;
        }
        int first = colons && parameters.isSub(at + 5) ? at + 3 : at + 2;
        setColour(
                pen,
                target,
                Style.rgb(
                        parameters.value(first) & 0xFF,
                        parameters.value(first + 1) & 0xFF,
                        parameters.value(first + 2) & 0xFF));
        return first + 2;
    }

    private static void setColour(Pen pen, int target, int colour) {
        switch (target) {
            case 38 -> pen.style = Style.withForeground(pen.style, colour);
            case 48 -> pen.style = Style.withBackground(pen.style, colour);
            default -> pen.setExtra(pen.extra.withUnderlineColour(colour));
        }
    }

    /// The parameters of the SGR that sets exactly this style, beginning with 0. Colours have semicolons, which every
    /// terminal understands.
    static void describe(ByteText out, long style, Extra extra) {
        describe(out, style, extra, false);
    }

    /// As [#describe], with the colons of ISO 8613-6 in colours, as xterm answers and as Neovim looks for.
    static void describeInColons(ByteText out, long style, Extra extra) {
        describe(out, style, extra, true);
    }

    private static void describe(ByteText out, long style, Extra extra, boolean colons) {
        out.ascii("0");
        flag(out, style, Style.BOLD, ";1");
        flag(out, style, Style.FAINT, ";2");
        flag(out, style, Style.ITALIC, ";3");
        flag(out, style, Style.BLINK, ";5");
        flag(out, style, Style.INVERSE, ";7");
        flag(out, style, Style.HIDDEN, ";8");
        flag(out, style, Style.STRUCK, ";9");
        flag(out, style, Style.OVERLINE, ";53");
        int underline = Style.underline(style);
        if (underline == 1) {
            out.ascii(";4");
        } else if (underline > 1) {
            out.ascii(";4:").number(underline);
        }
        describeColour(out, Style.foreground(style), 30, colons);
        describeColour(out, Style.background(style), 40, colons);
        if ((style & Style.EXTRA) != 0) {
            describeUnderlineColour(out, extra.underlineColour());
        }
    }

    private static void flag(ByteText out, long style, long flag, String parameter) {
        if ((style & flag) != 0) {
            out.ascii(parameter);
        }
    }

    private static void describeColour(ByteText out, int colour, int base, boolean colons) {
        if (colour == Style.DEFAULT_COLOUR) {
            return;
        }
        out.ascii(";");
        if ((colour & Style.RGB) != 0) {
            out.number(base + 8).ascii(colons ? ":2::" : ";2;");
            describeRgb(out, colour, colons ? ":" : ";");
            return;
        }
        int entry = colour - 1;
        if (entry < 8) {
            out.number(base + entry);
        } else if (entry < 16) {
            out.number(base + 60 + entry - 8);
        } else {
            out.number(base + 8).ascii(colons ? ":5:" : ";5;").number(entry);
        }
    }

    private static void describeUnderlineColour(ByteText out, int colour) {
        if ((colour & Style.RGB) != 0) {
            out.ascii(";58:2::");
            describeRgb(out, colour, ":");
        } else if (colour != Style.DEFAULT_COLOUR) {
            out.ascii(";58:5:").number(colour - 1);
        }
    }

    private static void describeRgb(ByteText out, int colour, String separator) {
        out.number((colour >> 16) & 0xFF).ascii(separator);
        out.number((colour >> 8) & 0xFF).ascii(separator);
        out.number(colour & 0xFF);
    }
}
