package dev.agentctl.project;

import java.time.Duration;

/// How long an agent's dialog waits for an operator who is not at the terminal, and what happens then.
///
/// @param timeout how long a card can be answered
public record Approvals(Duration timeout, Unattended unattended) {
    public static final Approvals DEFAULT = new Approvals(Duration.ofHours(12), Unattended.ASK);

    /// What no answer means.
    public enum Unattended {
        /// The dialog stays open in the terminal, or opens there, and nothing is granted.
        ASK,
        /// The agent is told no.
        DENY
    }
}
