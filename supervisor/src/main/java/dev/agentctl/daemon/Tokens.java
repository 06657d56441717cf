package dev.agentctl.daemon;

import dev.agentctl.agent.TokenCount;
import dev.agentctl.control.TokenReport;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The tokens of a conversation, in the command line's words.
final class Tokens {
    private Tokens() {}

    static TokenReport report(TokenCount count) {
        OptionalDouble dollars = count.dollars();
        return new TokenReport(
                count.input(),
                count.output(),
                count.cached(),
                dollars.isPresent() ? OptionalLong.of(Math.round(dollars.getAsDouble() * 1e6)) : OptionalLong.empty(),
                count.words());
    }
}
