package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Answers the questions that programs ask their terminal. The answers wait until they are drained; past a bound
/// further ones are dropped, as a program that asks without reading wants none.
final class Reports {
    private static final int LIMIT = 16 * 1024;
    private static final int CELL_HEIGHT = 20;
    private static final int CELL_WIDTH = 10;
    private static final int DA2 = ('>' << 16) | 'c';
    private static final int DA3 = ('=' << 16) | 'c';
    private static final int PRIVATE_DSR = ('?' << 16) | 'n';
    private static final int XTVERSION = ('>' << 16) | 'q';
    private static final int KEY_MODIFIERS_QUERY = ('?' << 16) | 'm';
    private static final int KITTY_QUERY = ('?' << 16) | 'u';
    private static final int DECRQM = ('$' << 8) | 'p';
    private static final int PRIVATE_DECRQM = ('?' << 16) | ('$' << 8) | 'p';

    private final TerminalState state;
    private final ModeSwitch modes;
    private final ByteText replies = new ByteText(64);

    Reports(TerminalState state, ModeSwitch modes) {
        this.state = state;
        this.modes = modes;
    }

    byte[] drain() {
        byte[] bytes = replies.toByteArray();
        replies.clear();
        return bytes;
    }

    /// Answers the sequence if it is a question.
    ///
    /// @return whether it was
    boolean apply(int key, Parameters parameters) {
        switch (key) {
            case 'c' -> primaryAttributes(parameters.value(0));
            case DA2 -> reply("\u001b[>41;100;0c");
            case DA3 -> reply("\u001bP!|00000000\u001b\\");
            case XTVERSION -> reply("\u001bP>|agentctl " + ProductVersion.CURRENT + "\u001b\\");
            case 'n' -> status(parameters.value(0), "");
            case PRIVATE_DSR -> privateStatus(parameters.value(0), parameters.value(1));
            case DECRQM -> mode(parameters.value(0), false);
            case PRIVATE_DECRQM -> mode(parameters.value(0), true);
            case KEY_MODIFIERS_QUERY -> {
                if (parameters.value(0) == 4) {
                    reply("\u001b[>4;" + state.modifyOtherKeys + "m");
                }
            }
            case KITTY_QUERY -> reply("\u001b[?" + state.current.keyboard.current() + "u");
            case 't' -> windowReport(parameters.value(0));
            case 'x' -> reply("\u001b[" + (parameters.value(0) == 1 ? 3 : 2) + ";1;1;128;128;1;0x");
            default -> {
                return false;
            }
        }
        return true;
    }

    /// DA1: a VT420 (64) with selective erase (6), horizontal scrolling (21), colour (22) and rectangles (28).
    void primaryAttributes(int parameter) {
        if (parameter == 0) {
            reply("\u001b[?64;6;21;22;28c");
        }
    }

    private void status(int question, String prefix) {
        if (question == 5 && prefix.isEmpty()) {
            reply("\u001b[0n");
        } else if (question == 6) {
            boolean origin = state.modes.isSet(Mode.ORIGIN);
            int row = state.cursor.row - (origin ? state.margins.top : 0) + 1;
            int column = state.cursor.column - (origin ? state.margins.left : 0) + 1;
            // The extended report names the page too; there is one.
            reply("\u001b[" + prefix + row + ";" + column + (prefix.isEmpty() ? "R" : ";1R"));
        }
    }

    private void privateStatus(int question, int request) {
        switch (question) {
            // No printer, no user-defined keys, an unknown keyboard, no locator device, no macros, no second session.
            case 15 -> reply("\u001b[?13n");
            case 25 -> reply("\u001b[?20n");
            case 26 -> reply("\u001b[?27;0;0;0n");
            case 53, 55 -> reply("\u001b[?50n");
            case 56 -> reply("\u001b[?57;0n");
            case 62 -> reply("\u001b[0*{");
            case 63 -> checksum(request, 0);
            case 75 -> reply("\u001b[?70n");
            case 85 -> reply("\u001b[?83n");
            case 996 -> reply(state.colours.isDark() ? "\u001b[?997;1n" : "\u001b[?997;2n");
            default -> status(question, "?");
        }
    }

    private void mode(int number, boolean isPrivate) {
        reply("\u001b[" + (isPrivate ? "?" : "") + number + ";" + modes.status(number, isPrivate) + "$y");
    }

    /// XTWINOPS: a window that is open, stands at the corner and fills its display, with cells of a usual size.
    /// The titles are told as empty: they are the program's own words, and would be typed into whatever reads
    /// the answer.
    private void windowReport(int question) {
        String pixels = ";" + state.rows * CELL_HEIGHT + ";" + state.columns * CELL_WIDTH + "t";
        String cells = ";" + state.rows + ";" + state.columns + "t";
        switch (question) {
            case 11 -> reply("\u001b[1t");
            case 13 -> reply("\u001b[3;0;0t");
            case 14 -> reply("\u001b[4" + pixels);
            case 15 -> reply("\u001b[5" + pixels);
            case 16 -> reply("\u001b[6;" + CELL_HEIGHT + ";" + CELL_WIDTH + "t");
            case 18 -> reply("\u001b[8" + cells);
            case 19 -> reply("\u001b[9" + cells);
            case 20 -> reply("\u001b]L\u001b\\");
            case 21 -> reply("\u001b]l\u001b\\");
            default -> {}
        }
    }

    /// DECRQSS: the setting that the given sequence would change, as a sequence.
    void setting(String name) {
        ByteText value = new ByteText(32);
        switch (name) {
            case "m" -> {
                Rendition.describeInColons(value, state.pen.style, state.pen.extra);
                value.ascii("m");
            }
            case "r" ->
                value.number(state.margins.top + 1)
                        .ascii(";")
                        .number(state.margins.bottom + 1)
                        .ascii("r");
            case " q" -> value.number(state.cursorShape).ascii(" q");
            case "\"q" ->
                value.ascii((state.pen.style & Style.PROTECTED) == 0 ? "0" : "1")
                        .ascii("\"q");
            case "s" ->
                value.number(state.margins.left + 1)
                        .ascii(";")
                        .number(state.margins.right + 1)
                        .ascii("s");
            case "*x" -> value.ascii(state.attributesInRectangle ? "2*x" : "0*x");
            case "t", "*|" -> value.number(state.rows).ascii(name);
            case "$|" -> value.number(state.columns).ascii(name);
            // The status line: none, and not the active one.
            case "$}", "$~" -> value.ascii("0").ascii(name);
            case "\"p" -> value.ascii("64;1\"p");
            default -> {
                reply("\u001bP0$r\u001b\\");
                return;
            }
        }
        reply("\u001bP1$r" + value.toAsciiString() + "\u001b\\");
    }

    /// DECRQCRA: the checksum of a rectangle, under the program's own number for the request.
    void checksum(int request, int sum) {
        reply("\u001bP" + request + "!~" + String.format(Locale.ROOT, "%04X", sum) + "\u001b\\");
    }

    /// XTGETTCAP: one answer for each name asked for.
    void capabilities(String names) {
        for (String name : names.split(";", Parameters.LIMIT)) {
            reply(Capabilities.describe(name)
                    .map(text -> "\u001bP1+r" + text + "\u001b\\")
                    .orElse("\u001bP0+r\u001b\\"));
        }
    }

    /// Answers a colour query, an OSC that begins with `name`, in the form xterm uses.
    void colour(String name, int rgb) {
        reply("\u001b]" + name + ";" + ColourText.write(rgb) + "\u001b\\");
    }

    /// OSC 7501: the program status protocol is understood.
    void programStatusSupported() {
        reply("\u001b]7501;?1\u001b\\");
    }

    private void reply(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (replies.length() + bytes.length <= LIMIT) {
            replies.raw(bytes, 0, bytes.length);
        }
    }
}
