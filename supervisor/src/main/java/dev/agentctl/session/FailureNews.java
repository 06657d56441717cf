package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;

/// The word to the operators that a turn ended in an error of the model's side.
record FailureNews(Interior session) {
    /// @param key the same for a repeated report of the same turn
    void tell(AgentEvent.TurnFailed failed, String key) {
        SessionListener listener = session.around().listener();
        failed.limit()
                .ifPresentOrElse(
                        limit -> listener.limited(session.name(), key, failed.reason(), limit, failed.until()),
                        () -> listener.turnFailed(session.name(), key, failed.reason()));
    }
}
