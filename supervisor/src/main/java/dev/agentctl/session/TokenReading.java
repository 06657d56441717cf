package dev.agentctl.session;

import dev.agentctl.agent.TokenCount;
import java.time.Duration;
import java.util.Optional;

/// A conversation's tokens that are being counted.
public interface TokenReading {
    /// There is no conversation.
    TokenReading NONE = _ -> Optional.empty();

    /// What its file told when this was begun; where that takes longer to read, what it told before, if anything.
    Optional<TokenCount> within(Duration patience);
}
