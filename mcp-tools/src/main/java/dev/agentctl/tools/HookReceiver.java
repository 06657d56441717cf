package dev.agentctl.tools;

import java.util.concurrent.CompletionStage;

/// Takes what an agent's HTTP hooks report, and may decide for the agent in the answer.
@FunctionalInterface
public interface HookReceiver {
    /// Any thread may call. The answer may take as long as the hook's own timeout allows; the agent's request
    /// stays open meanwhile. That the agent has gone is not noticed here: complete the stage when its child ends.
    /// When the server is closed, a stage that is a `CompletableFuture` is cancelled and the hook gets nothing to
    /// act on.
    ///
    /// @param event the last part of the hook's address, such as `PermissionRequest`
    /// @param json the hook's payload, exactly as it was sent; at most 16 MB of UTF-8, not checked to be JSON
    /// @return the body to answer the hook with; `""` when there is nothing to say. A failed stage answers the
    ///     hook with an error, which agents treat as "nothing to say"
    CompletionStage<String> receive(Caller caller, String event, String json);
}
