package dev.agentctl.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The keys of the hooks that were heard last. One that comes once more, because its answer was lost or the supervisor
/// ended before it gave one, is known by its key.
///
/// @param newest the newest first
public record HookKeys(List<String> newest) {
    public static final HookKeys NONE = new HookKeys(List.of());

    /// A hook comes back within seconds; an agent at work has run a few since.
    private static final int MOST = 64;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public HookKeys {
        newest = List.copyOf(newest);
    }

    /// The key itself where it can be kept, else empty: an agent may say what it likes.
    static String usable(String key) {
        return KEY.matcher(key).matches() ? key : "";
    }

    boolean has(String key) {
        return newest.contains(key);
    }

    /// @param key empty for none
    HookKeys with(String key) {
        if (key.isEmpty() || has(key)) {
            return this;
        }
        List<String> all = new ArrayList<>(List.of(key));
        all.addAll(newest.subList(0, Math.min(newest.size(), MOST - 1)));
        return new HookKeys(all);
    }

    /// What [#of] reads.
    public String text() {
        return String.join(" ", newest);
    }

    public static HookKeys of(String text) {
        return text.isEmpty() ? NONE : new HookKeys(List.of(text.split(" ", -1)));
    }
}
