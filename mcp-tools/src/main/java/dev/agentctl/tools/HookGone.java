package dev.agentctl.tools;

import java.io.Serial;

/// The agent has ended a hook that waited for a decision, or has ended itself: nobody will read the answer.
public final class HookGone extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    HookGone() {
        super("the agent no longer waits for this hook", null, false, false);
    }
}
