package dev.agentctl.control;

import dev.agentctl.terminal.KeyboardModes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What xterm sends with its defaults, see its ctlseqs, "PC-Style Function Keys" and "VT220-Style Keypad". Pure.
final class LegacyKeys {
    private static final String ESC = "\u001b";

    /// Keys whose character is the same in every mode.
    private static final Map<String, String> PLAIN =
            Map.of("enter", "\r", "escape", "\u001b", "tab", "\t", "bspace", "\u007f");

    /// Keys with a final letter: `CSI A`, or `SS3 A` for a program that asked for application cursor keys. F1 to F4
    /// are SS3 in every mode.
    private static final Map<String, String> LETTERED = Map.of(
            "up", "A", "down", "B", "right", "C", "left", "D", "home", "H", "end", "F", "f1", "P", "f2", "Q", "f3", "R",
            "f4", "S");

    /// Keys with a number: `CSI 5 ~`.
    private static final Map<String, Integer> NUMBERED = Map.ofEntries(
            Map.entry("ic", 2),
            Map.entry("dc", 3),
            Map.entry("ppage", 5),
            Map.entry("npage", 6),
            Map.entry("f5", 15),
            Map.entry("f6", 17),
            Map.entry("f7", 18),
            Map.entry("f8", 19),
            Map.entry("f9", 20),
            Map.entry("f10", 21),
            Map.entry("f11", 23),
            Map.entry("f12", 24));

    /// Keypad keys: their character, and what follows SS3 for a program that asked for the application keypad.
    private static final Map<String, String> KEYPAD = Map.ofEntries(
            Map.entry("kp0", "0p"),
            Map.entry("kp1", "1q"),
            Map.entry("kp2", "2r"),
            Map.entry("kp3", "3s"),
            Map.entry("kp4", "4t"),
            Map.entry("kp5", "5u"),
            Map.entry("kp6", "6v"),
            Map.entry("kp7", "7w"),
            Map.entry("kp8", "8x"),
            Map.entry("kp9", "9y"),
            Map.entry("kp*", "*j"),
            Map.entry("kp+", "+k"),
            Map.entry("kp-", "-m"),
            Map.entry("kp.", ".n"),
            Map.entry("kp/", "/o"),
            Map.entry("kpenter", "\rM"));

    /// All special keys.
    static final Set<String> NAMES = Stream.of(PLAIN, LETTERED, NUMBERED, KEYPAD)
            .flatMap(keys -> keys.keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private LegacyKeys() {}

    static String encode(KeyPress key, KeyboardModes modes) {
        String keypad = KEYPAD.get(key.name());
        if (keypad != null) {
            String sent = modes.applicationKeypad() ? ESC + "O" + keypad.charAt(1) : keypad.substring(0, 1);
            return key.has(KeyPress.ALT) ? ESC + sent : sent;
        }
        String letter = LETTERED.get(key.name());
        if (letter != null) {
            boolean single = modes.applicationCursor() || key.name().startsWith("f");
            return lettered(letter, key.modifiers(), single);
        }
        Integer number = NUMBERED.get(key.name());
        if (number != null) {
            return ESC + "[" + number + (key.modifiers() == 0 ? "" : ";" + (key.modifiers() + 1)) + "~";
        }
        return character(key);
    }

    private static String lettered(String letter, int modifiers, boolean single) {
        if (modifiers != 0) {
            return ESC + "[1;" + (modifiers + 1) + letter;
        }
        return ESC + (single ? "O" : "[") + letter;
    }

    private static String character(KeyPress key) {
        if (key.name().equals("tab") && key.has(KeyPress.SHIFT)) {
            return (key.has(KeyPress.ALT) ? ESC : "") + ESC + "[Z";
        }
        String base = PLAIN.getOrDefault(key.name(), key.name());
        if (key.has(KeyPress.CONTROL)) {
            base = control(base.charAt(0)).map(Object::toString).orElse(base);
        }
        return key.has(KeyPress.ALT) ? ESC + base : base;
    }

    /// The control character that a terminal sends for Ctrl and this one.
    static Optional<Character> control(char c) {
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
