package dev.agentctl.doctor;

import java.time.Duration;

/// What the trial of one capability came to.
///
/// @param detail what was seen
/// @param took how long that was tried
public record Finding(Capability capability, Result result, String detail, Duration took) {
    /// How it ended.
    public enum Result {
        OK("ok"),
        MISSING("missing"),
        /// It needs one that is missing.
        UNTRIED("untried"),
        /// agentctl does not rely on it with this agent.
        NEVER("none");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
