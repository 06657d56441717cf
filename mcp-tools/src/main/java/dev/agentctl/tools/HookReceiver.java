package dev.agentctl.tools;

import java.util.concurrent.CompletionStage;

/// Takes what an agent's HTTP hooks report, and may decide for the agent in the answer.
@FunctionalInterface
public interface HookReceiver {
    /// Any thread may call. The answer may take as long as the hook's own timeout allows; the agent's request stays
    /// open meanwhile. When the server is closed, a stage that is a `CompletableFuture` is cancelled and the hook
    /// gets an empty body, which tells it to come back. When the hook ends before it is answered, such a stage
    /// completes with [HookGone], a few seconds later.
    ///
    /// @return the body to answer the hook with; `{}` when there is nothing to say. A failed stage answers the hook
    ///     with an error, which agents treat as "nothing to say"
    CompletionStage<String> receive(Caller caller, HookCall call);
}
