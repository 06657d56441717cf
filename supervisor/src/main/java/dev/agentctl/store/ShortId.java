package dev.agentctl.store;

import java.security.SecureRandom;

/// Ids that a person reads from one screen and types at another.
final class ShortId {
    private static final SecureRandom RANDOM = new SecureRandom();
    /// Without those that are mistaken for others when read from a phone.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 6;

    private ShortId() {}

    static String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
