package dev.agentctl.tools;

import java.util.Optional;

/// The live tokens of the operator's own clients. Any thread may call.
public interface Guests {
    /// The owner of a bearer token; empty for one that was never made, was revoked or has expired.
    Optional<Guest> of(String bearerToken);

    /// The guest whose token has that name, as long as it is live.
    Optional<Guest> named(String name);
}
