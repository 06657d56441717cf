package dev.agentctl.control;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A key as a person names it, the way of tmux: `Enter`, `C-c`, `M-x`, `S-F5`, `KP0`, or one character. Pure.
///
/// @param name a special key's name in lower case, or the one character
/// @param modifiers a sum of [#SHIFT], [#ALT] and [#CONTROL]
record KeyPress(String name, int modifiers) {
    static final int SHIFT = 1;
    static final int ALT = 2;
    static final int CONTROL = 4;

    private static final int MOST_MODIFIERS = 3;

    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("return", "enter"),
            Map.entry("esc", "escape"),
            Map.entry("backspace", "bspace"),
            Map.entry("backtab", "btab"),
            Map.entry("insert", "ic"),
            Map.entry("delete", "dc"),
            Map.entry("del", "dc"),
            Map.entry("pageup", "ppage"),
            Map.entry("pgup", "ppage"),
            Map.entry("pagedown", "npage"),
            Map.entry("pgdn", "npage"));

    /// Reads a name; empty where no key is called so.
    static Optional<KeyPress> parse(String text) {
        if (text.length() == 2 && text.charAt(0) == '^') {
            return parse("C-" + text.charAt(1));
        }
        int modifiers = 0;
        String rest = text;
        for (int i = 0; i < MOST_MODIFIERS && rest.length() > 2 && rest.charAt(1) == '-'; i++) {
            int modifier = modifier(rest.charAt(0));
            if (modifier == 0) {
                return Optional.empty();
            }
            modifiers |= modifier;
            rest = rest.substring(2);
        }
        return named(rest, modifiers).filter(KeyPress::exists);
    }

    private static int modifier(char letter) {
        return switch (letter) {
            case 'C', 'c' -> CONTROL;
            case 'M', 'm' -> ALT;
            case 'S', 's' -> SHIFT;
            default -> 0;
        };
    }

    private static Optional<KeyPress> named(String rest, int modifiers) {
        if (rest.codePointCount(0, rest.length()) == 1) {
            return Optional.of(new KeyPress(rest, modifiers));
        }
        String lower = rest.toLowerCase(Locale.ROOT);
        String name = SYNONYMS.getOrDefault(lower, lower);
        if (name.equals("btab")) {
            return Optional.of(new KeyPress("tab", modifiers | SHIFT));
        }
        if (name.equals("space")) {
            return Optional.of(new KeyPress(" ", modifiers));
        }
        return LegacyKeys.NAMES.contains(name) ? Optional.of(new KeyPress(name, modifiers)) : Optional.empty();
    }

    /// A shifted character is its own name: `A`, not `S-a`; and few characters have a form with control.
    private boolean exists() {
        if (isSpecial()) {
            return true;
        }
        boolean controlled =
                (modifiers & CONTROL) == 0 || LegacyKeys.control(name.charAt(0)).isPresent();
        return (modifiers & SHIFT) == 0 && controlled && !Character.isISOControl(name.charAt(0));
    }

    boolean isSpecial() {
        return name.codePointCount(0, name.length()) > 1;
    }

    boolean has(int modifier) {
        return (modifiers & modifier) != 0;
    }
}
