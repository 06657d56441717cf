package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Answers the questions that programs ask their terminal. The answers wait until they are drained; past a bound
/// further ones are dropped, as a program that asks without reading wants none.
final class Reports {
    private static final int LIMIT = 16 * 1024;
    private static final int DA2 = ('>' << 16) | 'c';
    private static final int DA3 = ('=' << 16) | 'c';
    private static final int PRIVATE_DSR = ('?' << 16) | 'n';
    private static final int XTVERSION = ('>' << 16) | 'q';
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
            case DA2 -> reply("\u001b[>1;100;0c");
            case DA3 -> reply("\u001bP!|00000000\u001b\\");
            case XTVERSION -> reply("\u001bP>|agentctl " + ProductVersion.CURRENT + "\u001b\\");
            case 'n' -> status(parameters.value(0), "");
            case PRIVATE_DSR -> privateStatus(parameters.value(0));
            case DECRQM -> mode(parameters.value(0), false);
            case PRIVATE_DECRQM -> mode(parameters.value(0), true);
            case KITTY_QUERY -> reply("\u001b[?" + state.current.keyboard.current() + "u");
            case 't' -> windowReport(parameters.value(0));
            case 'x' -> reply("\u001b[" + (parameters.value(0) == 1 ? 3 : 2) + ";1;1;128;128;1;0x");
            default -> {
                return false;
            }
        }
        return true;
    }

    /// DA1: a VT220 (62) with colour (22).
    void primaryAttributes(int parameter) {
        if (parameter == 0) {
            reply("\u001b[?62;22c");
        }
    }

    private void status(int question, String prefix) {
        if (question == 5 && prefix.isEmpty()) {
            reply("\u001b[0n");
        } else if (question == 6) {
            boolean origin = state.modes.isSet(Mode.ORIGIN);
            int row = state.cursor.row - (origin ? state.margins.top : 0) + 1;
            int column = state.cursor.column - (origin ? state.margins.left : 0) + 1;
            reply("\u001b[" + prefix + row + ";" + column + "R");
        }
    }

    private void privateStatus(int question) {
        if (question == 996) {
            // The palette we answer with is a dark one.
            reply("\u001b[?997;1n");
        } else {
            status(question, "?");
        }
    }

    private void mode(int number, boolean isPrivate) {
        reply("\u001b[" + (isPrivate ? "?" : "") + number + ";" + modes.status(number, isPrivate) + "$y");
    }

    private void windowReport(int question) {
        switch (question) {
            case 18 -> reply("\u001b[8;" + state.rows + ";" + state.columns + "t");
            case 19 -> reply("\u001b[9;" + state.rows + ";" + state.columns + "t");
            default -> {}
        }
    }

    /// DECRQSS: the setting that the given sequence would change, as a sequence.
    void setting(String name) {
        ByteText value = new ByteText(32);
        switch (name) {
            case "m" -> {
                Rendition.describe(value, state.pen.style, state.pen.extra);
                value.ascii("m");
            }
            case "r" ->
                value.number(state.margins.top + 1).ascii(";").number(state.margins.bottom + 1).ascii("r");
            case " q" -> value.number(state.cursorShape).ascii(" q");
            case "\"q" ->
                value.ascii((state.pen.style & Style.PROTECTED) == 0 ? "0" : "1")
                        .ascii("\"q");
            case "\"p" -> value.ascii("62;1\"p");
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

    /// XTGETTCAP: no capability is told this way.
    void noCapability() {
        reply("\u001bP0+r\u001b\\");
    }

    /// Answers a colour query, an OSC that begins with `name`, in the form xterm uses.
    void colour(String name, int rgb) {
        String digits = String.format(
                Locale.ROOT,
                "%1$02x%1$02x/%2$02x%2$02x/%3$02x%3$02x",
                (rgb >> 16) & 0xFF,
                (rgb >> 8) & 0xFF,
                rgb & 0xFF);
        reply("\u001b]" + name + ";rgb:" + digits + "\u001b\\");
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
