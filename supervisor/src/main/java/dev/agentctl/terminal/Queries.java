package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which sequences make a terminal answer, or act on the operator's own machine, and so must not reach an attached
/// one: the supervisor has answered already, and a second answer would be typed into the program.
///
/// Sources: xterm's ctlseqs, the kitty keyboard, graphics and notification protocols, iTerm2's OSC 1337.
final class Queries {
    /// The most bytes of a sequence that is judged at a glance.
    private static final int GLANCE = 64;

    private Queries() {}

    /// The end of a whole control sequence that begins at `from`, if it has nothing but numbers and a final byte with
    /// which none of those asks for anything or does harm; else `from`.
    static int endOfHarmless(byte[] bytes, int from, int end) {
        if (end - from < 3 || bytes[from] != 0x1B || bytes[from + 1] != '[') {
            return from;
        }
        int last = Math.min(end, from + GLANCE);
        int i = from + 2;
        while (i < last && bytes[i] >= '0' && bytes[i] <= ';') {
            i++;
        }
        return i < last && isHarmlessFinal(bytes[i]) ? i + 1 : from;
    }

    private static boolean isHarmlessFinal(int octet) {
        return switch (octet) {
            case 'c', 'h', 'i', 'l', 'n', 't', 'x' -> false;
            default -> octet >= 0x40 && octet < 0x7F;
        };
    }

    /// A whole control sequence, from behind `ESC [` to its final byte.
    static boolean isControlSequenceQuery(byte[] body, int length) {
        int finalByte = body[length - 1];
        int prefix = length > 1 && body[0] >= '<' && body[0] <= '?' ? body[0] : 0;
        int end = length - 1;
        while (end > 0 && body[end - 1] >= 0x20 && body[end - 1] < 0x30) {
            end--;
        }
        String intermediates = new String(body, end, length - 1 - end, StandardCharsets.ISO_8859_1);
        return switch (intermediates) {
            case "" -> isPlainQuery(prefix, finalByte, parameters(body, prefix == 0 ? 0 : 1, end));
            case "$" -> finalByte == 'p' || finalByte == 'w' || finalByte == 'u';
            case "&" -> finalByte == 'u' || finalByte == 'w';
            case "*" -> finalByte == 'y';
            case "'" -> finalByte == '|';
            case "#" -> finalByte == 'R' || finalByte == '|' || finalByte == 'S';
            default -> false;
        };
    }

    private static boolean isPlainQuery(int prefix, int finalByte, List<Integer> parameters) {
        return switch (finalByte) {
            // `CSI ? c` sets the Linux console's cursor and answers nothing.
            case 'c' -> prefix != '?';
            case 'n' -> prefix == 0 || prefix == '?';
            case 'q' -> prefix == '>';
            case 'u', 'S', 'm', 'g' -> prefix == '?';
            case 'x' -> prefix == 0;
            // All but the stack of titles asks for something, or moves the operator's window.
            case 't' -> prefix == 0 && parameters.getFirst() != 22 && parameters.getFirst() != 23;
            // Prints on the operator's printer.
            case 'i' -> true;
            case 'h', 'l' ->
                prefix == '?' ? isHarmful(finalByte, parameters) : prefix == 0 && locks(finalByte, parameters);
            default -> false;
        };
    }

    /// A locked keyboard, or one that echoes.
    private static boolean locks(int finalByte, List<Integer> modes) {
        return finalByte == 'h' ? modes.contains(2) : modes.contains(12);
    }

    /// Tektronix mode, mouse tracking that waits for the program; VT52 mode.
    private static boolean isHarmful(int finalByte, List<Integer> modes) {
        return finalByte == 'h' ? modes.contains(38) || modes.contains(1001) : modes.contains(2);
    }

    private static List<Integer> parameters(byte[] body, int from, int end) {
        List<Integer> values = new ArrayList<>();
        int value = 0;
        for (int i = from; i < end; i++) {
            if (body[i] >= '0' && body[i] <= '9') {
                value = Math.min(value * 10 + body[i] - '0', Parameters.GREATEST);
            } else {
                values.add(value);
                value = 0;
            }
        }
        values.add(value);
        return values;
    }

    /// ESC, one intermediate and a final byte: 8-bit controls from the keyboard, or text that is not UTF-8.
    static boolean isEscapeHarmful(int intermediate, int finalByte) {
        return (intermediate == ' ' && finalByte == 'G') || (intermediate == '%' && finalByte != 'G');
    }

    /// How an operating system command is treated, judged by its number alone.
    enum StringPolicy {
        PASS,
        DROP,
        /// Held to its end and judged by its payload.
        INSPECT
    }

    static StringPolicy operatingSystemCommand(int number) {
        return switch (number) {
            // Clipboard, also kitty's, and xterm's list of allowed operations.
            case 52, 5522, 60, 61 -> StringPolicy.DROP;
            case 4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 50, 99, 1337, 7501 -> StringPolicy.INSPECT;
            default -> StringPolicy.PASS;
        };
    }

    /// Whether the payload behind the number asks for something.
    static boolean isStringQuery(int number, String payload) {
        return switch (number) {
            case 99 -> payload.startsWith("p=?") || payload.contains(":p=?") || payload.contains("p=alive");
            case 1337 -> isClipboardOrReport(payload);
            case 7501 -> payload.equals("?");
            default -> payload.contains("?");
        };
    }

    private static boolean isClipboardOrReport(String payload) {
        return payload.startsWith("Report")
                || payload.startsWith("Request")
                || payload.startsWith("Capabilities")
                || payload.startsWith("Copy")
                || payload.startsWith("EndCopy")
                || payload.startsWith("PasteFromClipboard");
    }

    /// A device control string, by what stands between `ESC P` and its payload: DECRQSS, XTGETTCAP, XTGETXRES, keys
    /// defined by the program, and tmux's envelope, in which a query could travel to the terminal behind a tmux.
    static boolean isDeviceControlQuery(byte[] header, int length) {
        int finalByte = header[length - 1];
        int before = length > 1 ? header[length - 2] : 0;
        return (finalByte == 'q' && (before == '$' || before == '+'))
                || (finalByte == 'Q' && before == '+')
                || finalByte == '|'
                || finalByte == 't';
    }
}
