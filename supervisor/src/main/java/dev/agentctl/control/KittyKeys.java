package dev.agentctl.control;

import java.util.Map;
import java.util.Optional;

/// What a terminal sends once a program has set flags of the kitty keyboard protocol, as its specification says. Only
/// presses are sent, which that leaves unmarked. Pure.
final class KittyKeys {
    private static final int DISAMBIGUATE = 1;
    private static final int ALL_AS_ESCAPES = 8;
    private static final int WITH_TEXT = 16;
    private static final String CSI = "\u001b[";

    private static final Map<String, Integer> CODES =
            Map.of("escape", 27, "enter", 13, "tab", 9, "bspace", 127, "kpenter", 57_414);

    /// Those of the four function keys with a letter that it does not send as SS3; F3's letter is a report's.
    private static final Map<String, String> FUNCTIONS = Map.of("f1", "P", "f2", "Q", "f4", "S");

    private static final Map<String, String> CURSOR =
            Map.of("up", "A", "down", "B", "right", "C", "left", "D", "home", "H", "end", "F");

    private KittyKeys() {}

    /// The sequence; empty where the key is sent as ever.
    static Optional<String> encode(KeyPress key, int flags) {
        if ((flags & (DISAMBIGUATE | ALL_AS_ESCAPES)) == 0) {
            return Optional.empty();
        }
        String letter = CURSOR.getOrDefault(key.name(), FUNCTIONS.getOrDefault(key.name(), ""));
        if (!letter.isEmpty()) {
            return Optional.of(CSI + (key.modifiers() == 0 ? "" : "1;" + (key.modifiers() + 1)) + letter);
        }
        if (key.name().equals("f3")) {
            return Optional.of(CSI + "13" + modifiers(key) + "~");
        }
        boolean all = (flags & ALL_AS_ESCAPES) != 0;
        Integer code = CODES.get(key.name());
        if (code != null) {
            // Enter, Tab and Backspace stay typeable after a program has crashed without resetting the flags
            boolean plain = key.modifiers() == 0 && !all && code != 27 && code != 57_414;
            return plain ? Optional.empty() : Optional.of(CSI + code + modifiers(key) + "u");
        }
        return key.isSpecial() ? Optional.empty() : character(key, all, (flags & WITH_TEXT) != 0);
    }

    private static Optional<String> character(KeyPress key, boolean all, boolean withText) {
        int typed = key.name().codePointAt(0);
        if (!all && key.modifiers() == 0) {
            return Optional.empty();
        }
        // the code is that of the key without shift
        int code = Character.toLowerCase(typed);
        KeyPress pressed = code == typed ? key : new KeyPress(key.name(), key.modifiers() | KeyPress.SHIFT);
        boolean text = all && withText && !key.has(KeyPress.CONTROL) && !key.has(KeyPress.ALT);
        String modifiers = modifiers(pressed);
        return Optional.of(
                CSI + code + (text && modifiers.isEmpty() ? ";" : modifiers) + (text ? ";" + typed : "") + "u");
    }

    private static String modifiers(KeyPress key) {
        return key.modifiers() == 0 ? "" : ";" + (key.modifiers() + 1);
    }
}
