package dev.agentctl.host;

/// Channels that are never there: what opens the first one dies at once.
public final class DyingChannels {
    public DyingChannels() {
        Runtime.getRuntime().halt(9);
    }
}
