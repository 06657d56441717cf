package dev.agentctl.tools;

import java.util.Optional;

/// The table of live tokens. It compares in constant time, and a token stops being known when its child ends.
@FunctionalInterface
public interface Callers {
    /// The owner of a bearer token, or empty for one that was never given out or was revoked. Any thread may call.
    Optional<Caller> of(String bearerToken);
}
