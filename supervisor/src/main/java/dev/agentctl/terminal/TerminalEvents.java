package dev.agentctl.terminal;

/// Told of events while bytes are fed, on the feeding thread and in the order of the bytes. Must not feed or
/// resize the terminal from within, and must not throw.
@FunctionalInterface
public interface TerminalEvents {
    void onEvent(TerminalEvent event);
}
