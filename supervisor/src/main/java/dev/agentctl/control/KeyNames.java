package dev.agentctl.control;

import dev.agentctl.terminal.KeyboardModes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bytes that a terminal sends for a key named as tmux names it (`Enter`, `C-c`, `M-x`, `S-F5`, `KP0`). Pure.
public final class KeyNames {
    private KeyNames() {}

    /// What a key sends to a program with these modes; empty where no key is called so.
    public static Optional<byte[]> bytes(String key, KeyboardModes modes) {
        return KeyPress.parse(key)
                .map(press ->
                        KittyKeys.encode(press, modes.kittyFlags()).orElseGet(() -> LegacyKeys.encode(press, modes)))
                .map(sent -> sent.getBytes(StandardCharsets.UTF_8));
    }

    /// The names of all keys that are no characters, in lower case.
    public static List<String> all() {
        List<String> names = new ArrayList<>(LegacyKeys.NAMES);
        names.addAll(List.of("space", "btab", "pageup", "pagedown", "insert", "delete", "backspace"));
        return names.stream().sorted().toList();
    }
}
