package dev.agentctl.project;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that a mistyped one was probably meant for, and none where none is alike.
public final class NearNames {
    private static final int MOST_GUESSES = 3;

    private NearNames() {}

    /// The question to whoever wrote it, with a space behind it; nothing where no name is alike.
    public static String question(String written, Collection<String> names) {
        List<String> near = of(written, names);
        return near.isEmpty()
                ? ""
                : "did you mean " + String.join(" or ", near.subList(0, Math.min(near.size(), MOST_GUESSES))) + "? ";
    }

    /// The likeliest first.
    public static List<String> of(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(written, name))
                .sorted(Comparator.comparingInt(name -> WordDistance.of(lower(written), lower(name))))
                .toList();
    }

    /// Whether a written word is a name with a slip of the finger, or the beginning of one.
    public static boolean isNear(String written, String name) {
        int slips = Math.max(1, name.length() / 4);
        boolean begins = written.length() > 2 && lower(name).startsWith(lower(written));
        return begins
                || (Math.abs(written.length() - name.length()) <= slips
                        && WordDistance.of(lower(written), lower(name)) <= slips);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
