package dev.agentctl.project;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds the key that was probably meant.
public final class NearestKey {
    /// Longer ones are no slip of the finger, and comparing them costs time.
    private static final int LONGEST = 40;

    /// What other tools call it.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "cwd", "directory",
            "path", "directory",
            "working_directory", "directory",
            "command", "executable",
            "cmd", "executable",
            "environment", "env",
            "users", "operators",
            "allowed_users", "operators",
            "bot_token", "token",
            "chat_id", "chat");

    private NearestKey() {}

    /// The one of `known` that `written` resembles; empty where none does.
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String word = written.strip().replace('-', '_').toLowerCase(Locale.ROOT);
        Optional<String> synonym = Optional.ofNullable(ELSEWHERE.get(word)).filter(known::contains);
        return synonym.or(() -> known.stream()
                .filter(key -> WordDistance.of(word, key) <= Math.max(1, key.length() / 3))
                .min(Comparator.<String>comparingInt(key -> WordDistance.of(word, key))
                        .thenComparing(Comparator.naturalOrder())));
    }
}
