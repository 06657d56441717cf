package dev.agentctl.session;

import dev.agentctl.agent.Prompt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages that the typist has done with and that may yet be heard of. Only the typist changes it.
final class Unproven {
    private static final int MOST_DROPS = 2;

    /// Whose text stays in the composer unsubmitted, until something else is typed.
    private @Nullable Message left;

    /// Which was reported as uncertain last: a hook on a busy machine may come late.
    private @Nullable Message doubted;

    /// Which was dropped last, and how often.
    private long dropped;

    private int drops;

    void leave(Message message) {
        left = message;
    }

    /// What stands in the composer, over which something else is typed now.
    Optional<Message> overwrite() {
        Optional<Message> before = Optional.ofNullable(left);
        left = null;
        return before;
    }

    void doubt(Message message) {
        doubted = message;
    }

    /// The agent has dropped it; whether it may be typed once more.
    boolean isWorthAnother(Message message) {
        drops = dropped == message.id() ? drops + 1 : 1;
        dropped = message.id();
        return drops <= MOST_DROPS;
    }

    /// The message that this prompt is, once: the person at the terminal pressed the Enter that we did not.
    Optional<Message> submittedByHand(String prompt) {
        if (left == null || !Prompt.contains(prompt, left.text())) {
            return Optional.empty();
        }
        return overwrite();
    }

    /// The message that this prompt is, once: it was given up as uncertain.
    Optional<Message> confirmedLate(String prompt) {
        Message late = doubted;
        if (late == null || !Prompt.contains(prompt, late.text())) {
            return Optional.empty();
        }
        doubted = null;
        return Optional.of(late);
    }

    /// With the child its composer is gone.
    void childEnded() {
        left = null;
        doubted = null;
    }
}
