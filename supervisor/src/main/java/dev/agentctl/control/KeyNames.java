package dev.agentctl.control;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The bytes that a terminal sends for a key named as tmux names it (`Enter`, `C-c`, `M-x`, `S-F5`).
///
/// Encodings are those of xterm with its defaults, see xterm's ctlseqs, "PC-Style Function Keys". Pure.
public final class KeyNames {
    private static final int SHIFT = 1;
    private static final int ALT = 2;
    private static final int CONTROL = 4;
    private static final char ESCAPE = '\u001b';

    /// Keys whose character is the same in every mode.
    private static final Map<String, String> PLAIN = Map.of(
            "enter", "\r", "escape", "\u001b", "tab", "\t", "bspace", "\u007f", "space", " ", "btab", "\u001b[Z");

    /// Keys with a final letter: `CSI A`, or `SS3 A` for a program that asked for application cursor keys.
    private static final Map<String, String> LETTERED =
            Map.of("up", "A", "down", "B", "right", "C", "left", "D", "home", "H", "end", "F");

    /// Keys with a number: `CSI 5 ~`.
    private static final Map<String, Integer> NUMBERED = numbered();

    private KeyNames() {}

    private static Map<String, Integer> numbered() {
        Map<String, Integer> keys = new HashMap<>(Map.of("ic", 2, "insert", 2, "dc", 3, "delete", 3));
        keys.putAll(Map.of("ppage", 5, "pageup", 5, "pgup", 5, "npage", 6, "pagedown", 6, "pgdn", 6));
        int[] functions = {15, 17, 18, 19, 20, 21, 23, 24};
        for (int i = 0; i < functions.length; i++) {
            keys.put("f" + (i + 5), functions[i]);
        }
        return Map.copyOf(keys);
    }

    /// The bytes of a key. What is no key's name is text and stands for itself.
    ///
    /// @param applicationCursor whether the program asked for application cursor keys (DECCKM)
    public static byte[] bytes(String key, boolean applicationCursor) {
        return named(key, applicationCursor).orElse(key).getBytes(StandardCharsets.UTF_8);
    }

    /// What a key sends, or empty where that is no key's name.
    public static Optional<String> named(String key, boolean applicationCursor) {
        int modifiers = 0;
        String rest = key;
        if (rest.length() == 2 && rest.charAt(0) == '^') {
            return control(rest.charAt(1)).map(Object::toString);
        }
        while (rest.length() > 2 && rest.charAt(1) == '-') {
            int modifier = modifier(rest.charAt(0));
            if (modifier == 0) {
                return Optional.empty();
            }
            modifiers |= modifier;
            rest = rest.substring(2);
        }
        return encode(rest, modifiers, applicationCursor);
    }

    private static int modifier(char letter) {
        return switch (letter) {
            case 'C', 'c' -> CONTROL;
            case 'M', 'm' -> ALT;
            case 'S', 's' -> SHIFT;
            default -> 0;
        };
    }

    private static Optional<String> encode(String name, int modifiers, boolean applicationCursor) {
        String lower = name.toLowerCase(Locale.ROOT);
        String letter = LETTERED.get(lower);
        if (letter != null) {
            return Optional.of(lettered(letter, modifiers, applicationCursor));
        }
        if (lower.length() == 2 && lower.charAt(0) == 'f' && lower.charAt(1) >= '1' && lower.charAt(1) <= '4') {
            // F1 to F4 are SS3 P to S in every mode
            return Optional.of(lettered(String.valueOf((char) ('P' + lower.charAt(1) - '1')), modifiers, true));
        }
        Integer number = NUMBERED.get(lower);
        if (number != null) {
            return Optional.of(ESCAPE + "[" + number + (modifiers == 0 ? "" : ";" + (modifiers + 1)) + "~");
        }
        return character(name, lower, modifiers);
    }

    private static String lettered(String letter, int modifiers, boolean application) {
        if (modifiers != 0) {
            return ESCAPE + "[1;" + (modifiers + 1) + letter;
        }
        return ESCAPE + (application ? "O" : "[") + letter;
    }

    private static Optional<String> character(String name, String lower, int modifiers) {
        String plain = PLAIN.get(lower);
        // a shifted character is its own name: A, not S-a
        boolean shifted = (modifiers & SHIFT) != 0;
        if (plain == null && (modifiers == 0 || shifted || name.codePointCount(0, name.length()) != 1)) {
            return Optional.empty();
        }
        if (lower.equals("tab") && modifiers == SHIFT) {
            return Optional.of(ESCAPE + "[Z");
        }
        String base = plain == null ? name : plain;
        if ((modifiers & CONTROL) != 0) {
            Optional<Character> controlled = base.length() == 1 ? control(base.charAt(0)) : Optional.empty();
            if (controlled.isEmpty()) {
                return Optional.empty();
            }
            base = controlled.get().toString();
        }
        return Optional.of((modifiers & ALT) != 0 ? ESCAPE + base : base);
    }

    /// The control character that a terminal sends for Ctrl and this one.
    private static Optional<Character> control(char c) {
        char upper = Character.toUpperCase(c);
        if (upper >= '@' && upper <= '_') {
            return Optional.of((char) (upper & 0x1f));
        }
        return switch (c) {
            case ' ' -> Optional.of('\0');
            case '?' -> Optional.of('\u007f');
            case '/' -> Optional.of('\u001f');
            case '\u007f' -> Optional.of('\b');
            case '\r', '\t', '\u001b' -> Optional.of(c);
            default -> Optional.empty();
        };
    }
}
