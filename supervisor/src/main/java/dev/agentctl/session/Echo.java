package dev.agentctl.session;

import java.util.Locale;

/// How a message shows on the screen of the program that it is typed into. Pure.
///
/// Only letters and digits are compared, for a composer wraps and frames what it shows; only the end of the message,
/// for it shows no more of a long one. Of one that is longer still the agents show a word for it, as in
/// `[Pasted text #1 +400 lines]`.
///
/// @param end how the message ends; empty where nothing of it can be recognised
record Echo(String end) {
    private static final int LONGEST = 16;
    private static final String FOLDED = "[pasted";

    static Echo of(String message) {
        String letters = letters(message);
        return new Echo(letters.substring(Math.max(0, letters.length() - LONGEST)));
    }

    /// How often it may be on a screen: more often than before where it has been put there since.
    int count(String screen) {
        return end.isEmpty() ? 0 : count(letters(screen), end) + count(screen.toLowerCase(Locale.ROOT), FOLDED);
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
