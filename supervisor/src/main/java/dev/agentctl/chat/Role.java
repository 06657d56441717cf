package dev.agentctl.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person may do in a chat; each role may do what those before it may.
public enum Role {
    /// Look.
    VIEWER,
    /// Talk to agents, answer them, start and stop them.
    OPERATOR,
    /// Everything, deleting included.
    OWNER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    boolean may(Role least) {
        return compareTo(least) >= 0;
    }
}
