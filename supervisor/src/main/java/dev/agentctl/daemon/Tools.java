package dev.agentctl.daemon;

import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Callers;
import dev.agentctl.tools.HookReceiver;
import dev.agentctl.tools.SessionContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the tools' server needs to know of sessions.
///
/// @param sessions known only once everything is built
/// @param reachable whether an operator can be reached
record Tools(Supplier<Sessions> sessions, BooleanSupplier reachable) implements Callers, HookReceiver {
    @Override
    public Optional<Caller> of(String bearerToken) {
        return sessions.get()
                .byToken(bearerToken)
                .map(view -> new Caller(view.name(), view.model().generation()));
    }

    @Override
    public CompletionStage<String> receive(Caller caller, String event, String json) {
        return sessions.get().hook(caller.session(), caller.generation(), json);
    }

    SessionContext context(Caller caller) {
        Sessions all = sessions.get();
        SessionView view = all.find(caller.session()).orElseThrow().view();
        return new SessionContext(
                view.name(),
                view.project().agent().word(),
                view.project().directory().toString(),
                view.state().word(),
                view.memory().conversation(),
                all.queued(view.name()),
                reachable.getAsBoolean());
    }
}
