package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.session.Desired;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/// Has sessions started, restarted and stopped; each outcome completes when it is seen, or after its time.
///
/// @param ending whether everything is being stopped, when what is started now would end with the host
record Orders(Sessions sessions, BooleanSupplier ending) {
    private static final long START_SECONDS = 20;
    private static final long KILL_SECONDS = 20;

    CompletableFuture<Outcome> start(Session session, boolean fresh) {
        if (ending.getAsBoolean()) {
            return refused(session);
        }
        SessionView before = session.view();
        // a start that is under way already, as at the supervisor's own, is the one to wait for
        boolean underWay = before.state() instanceof SessionState.Starting;
        if (before.state() instanceof SessionState.Running
                || (underWay && before.state().childPid() != 0)) {
            String word = before.state().word();
            String words = "already running" + (word.equals("running") ? "" : " (" + word + ")");
            return CompletableFuture.completedFuture(
                    fresh
                            ? new Outcome(
                                    session.name(),
                                    ExitCode.CONFLICT,
                                    words + ", in its conversation; for a new one stop it first")
                            : new Outcome(session.name(), ExitCode.OK, words));
        }
        sessions.start(session, fresh);
        return begun(session, before, before.model().generation() - (underWay ? 1 : 0));
    }

    CompletableFuture<Outcome> restart(Session session) {
        if (ending.getAsBoolean()) {
            return refused(session);
        }
        SessionView before = session.view();
        sessions.restart(session);
        return begun(session, before, before.model().generation());
    }

    private static CompletableFuture<Outcome> refused(Session session) {
        return CompletableFuture.completedFuture(new Outcome(
                session.name(),
                ExitCode.CONFLICT,
                "not started, for everything is being stopped; start it after that, and see: agentctl down --help"));
    }

    /// @param generation of the child that the wanted one comes after
    private static CompletableFuture<Outcome> begun(Session session, SessionView before, long generation) {
        // it goes from one child to the next without a rest, unless somebody stops it meanwhile
        boolean restless = !atRest(before.state());
        return outcome(
                session,
                view -> view.model().generation() > generation
                        ? decided(view.state())
                        : restless && view.state() instanceof SessionState.Stopped,
                START_SECONDS + session.view().project().stopTimeout().toSeconds(),
                view -> switch (view.state()) {
                    case SessionState.Failed(String reason) ->
                        new Outcome(view.name(), ExitCode.ERROR, "failed: " + reason);
                    case SessionState.Backoff backoff ->
                        new Outcome(
                                view.name(),
                                ExitCode.ERROR,
                                backoff.attempt() == 0
                                        ? "not started yet, and tried again: " + backoff.cause()
                                        : "crashed: " + backoff.cause());
                    case SessionState.Exited(int code) ->
                        new Outcome(view.name(), ExitCode.OK, "ended at once with exit status " + code);
                    case SessionState.Stopping _, SessionState.Stopped _ ->
                        new Outcome(view.name(), ExitCode.CONFLICT, "somebody else has stopped it meanwhile");
                    case SessionState.Starting _, SessionState.Running _ ->
                        new Outcome(
                                view.name(),
                                ExitCode.OK,
                                "started, process " + view.state().childPid());
                });
    }

    private static boolean atRest(SessionState state) {
        return state.childPid() == 0
                && !(state instanceof SessionState.Starting)
                && !(state instanceof SessionState.Stopping);
    }

    private static boolean decided(SessionState state) {
        return !(state instanceof SessionState.Starting) || state.childPid() != 0;
    }

    CompletableFuture<Outcome> stop(Session session) {
        if (session.view().state() instanceof SessionState.Stopped) {
            sessions.stop(session);
            return CompletableFuture.completedFuture(new Outcome(session.name(), ExitCode.OK, "already stopped"));
        }
        long generation = session.view().model().generation();
        sessions.stop(session);
        return outcome(
                session,
                view -> view.state() instanceof SessionState.Stopped
                        || (view.model().generation() > generation
                                && view.model().desired() == Desired.UP),
                KILL_SECONDS + session.view().project().stopTimeout().toSeconds(),
                view -> view.state() instanceof SessionState.Stopped
                        ? new Outcome(view.name(), ExitCode.OK, "stopped")
                        : new Outcome(view.name(), ExitCode.CONFLICT, "somebody else has started it again meanwhile"));
    }

    private static CompletableFuture<Outcome> outcome(
            Session session, Predicate<SessionView> wanted, long seconds, Function<SessionView, Outcome> words) {
        return session.when(wanted)
                .thenApply(words)
                .completeOnTimeout(
                        new Outcome(session.name(), ExitCode.TIMED_OUT, "not done after " + seconds + " s"),
                        seconds,
                        TimeUnit.SECONDS);
    }
}
