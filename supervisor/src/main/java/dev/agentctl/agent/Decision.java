package dev.agentctl.agent;

import java.util.List;

/// What an operator decided about a [Dialog].
public sealed interface Decision {
    record Allow() implements Decision {}

    /// Now and from now on.
    ///
    /// @param offer which of the agent's own offers, from 0
    record Always(int offer) implements Decision {}

    /// No.
    ///
    /// @param reason what the agent is told
    record Deny(String reason) implements Decision {}

    /// The answers to its questions.
    ///
    /// @param answers one for each question, in their order
    record Answer(List<String> answers) implements Decision {
        public Answer {
            answers = List.copyOf(answers);
        }
    }
}
