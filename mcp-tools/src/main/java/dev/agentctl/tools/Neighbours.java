package dev.agentctl.tools;

import java.util.List;
import java.util.Optional;

/// The way from an agent to the agents of other sessions, as far as the projects of both allow it. Every method may be
/// called from any thread.
public interface Neighbours {
    /// Where no agent sees another.
    Neighbours NONE = new Neighbours() {
        @Override
        public boolean areOpenTo(Caller caller) {
            return false;
        }

        @Override
        public List<Neighbour> of(Caller caller) {
            return List.of();
        }

        @Override
        public Optional<String> screen(Caller caller, String session) {
            return Optional.empty();
        }

        @Override
        public boolean send(Caller caller, String session, String text, String callKey) {
            return false;
        }
    };

    /// Another session.
    ///
    /// @param agent which kind of agent runs in it, such as `codex`
    /// @param state the observed state in the words of `agentctl status`
    record Neighbour(String session, String agent, String directory, String state) {}

    /// Whether the caller's project lets its agent see others.
    boolean areOpenTo(Caller caller);

    /// The sessions that the caller may see, by name; not its own.
    List<Neighbour> of(Caller caller);

    /// What a session's terminal shows, as text; empty for one that the caller may not see.
    Optional<String> screen(Caller caller, String session);

    /// Puts a message into the queue of a session, with the sender's name on it. It never answers what that session
    /// asked its operator.
    ///
    /// @param callKey as for [Operator#ask]
    /// @return false for a session that the caller may not see
    boolean send(Caller caller, String session, String text, String callKey);
}
