package dev.agentctl.chat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The second step of what nobody should do by a slip of the finger: the first gives a code, the second, by the same
/// person within a minute, acts. Any thread may call.
public final class Confirmations {
    static final Duration HOLDS = Duration.ofSeconds(60);
    private static final int CODES = 10_000;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Code> codes = new ConcurrentHashMap<>();

    private record Code(String digits, String user, Instant until) {}

    public Confirmations(InstantSource clock) {
        this.clock = clock;
    }

    /// A code for an action, in place of an earlier one.
    String ask(String action, String user) {
        String digits = "%04d".formatted(random.nextInt(CODES));
        codes.put(action, new Code(digits, user, clock.instant().plus(HOLDS)));
        return digits;
    }

    /// Whether the code holds. It is used up either way, so that it cannot be guessed.
    boolean confirm(String action, String user, String digits) {
        return Optional.ofNullable(codes.remove(action))
                .filter(code -> code.user.equals(user)
                        && code.digits.equals(digits)
                        && clock.instant().isBefore(code.until))
                .isPresent();
    }
}
