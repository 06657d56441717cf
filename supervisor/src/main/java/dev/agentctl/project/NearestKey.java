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
                .filter(key -> distance(word, key) <= Math.max(1, key.length() / 3))
                .min(Comparator.<String>comparingInt(key -> distance(word, key))
                        .thenComparing(Comparator.naturalOrder())));
    }

    /// How many letters were left out, added, mistaken, or swapped with their neighbour.
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, 1 + cost[i - 2][j - 2]) : best;
    }
}
