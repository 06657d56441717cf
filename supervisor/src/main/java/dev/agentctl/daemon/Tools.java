package dev.agentctl.daemon;

import dev.agentctl.agent.Prompt;
import dev.agentctl.chat.Askers;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Token;
import dev.agentctl.store.BridgeTokens;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Callers;
import dev.agentctl.tools.HookCall;
import dev.agentctl.tools.HookReceiver;
import dev.agentctl.tools.SessionContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the tools' server needs to know of sessions.
///
/// @param sessions known only once everything is built
/// @param bridges for clients that are no session's child
/// @param reachable whether an operator can be reached
record Tools(Supplier<Sessions> sessions, BridgeTokens bridges, BooleanSupplier reachable)
        implements Callers, HookReceiver, Askers {
    /// The generation of no child: hooks with it are old news.
    private static final long BESIDE = -1;

    @Override
    public Optional<Caller> of(String bearerToken) {
        Sessions all = sessions.get();
        Optional<Caller> child = all.byToken(bearerToken)
                .map(view -> new Caller(view.name(), view.model().generation()));
        return child.isPresent()
                ? child
                : bridges.session(Token.hash(bearerToken))
                        .filter(session -> all.find(session).isPresent())
                        .map(session -> new Caller(session, BESIDE));
    }

    /// A new token for a client that is no child of the session.
    String open(Session session) {
        String token = Token.next();
        bridges.add(Token.hash(token), session.name());
        return token;
    }

    @Override
    public CompletionStage<String> receive(Caller caller, HookCall call) {
        return sessions.get().hook(caller.session(), caller.generation(), call);
    }

    @Override
    public long generation(String session) {
        return sessions.get()
                .find(session)
                .map(known -> known.view().model().generation())
                .orElse(BESIDE);
    }

    @Override
    public void queueChanged(String session) {
        sessions.get().queueChanged(session);
    }

    @Override
    public String safe(String text) {
        return Prompt.safe(text);
    }

    @Override
    public void say(String session, String text, Optional<Origin> origin, String key) {
        sessions.get().find(session).ifPresent(known -> sessions.get().tell(known, text, origin, key));
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
