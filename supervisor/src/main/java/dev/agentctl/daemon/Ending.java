package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The supervisor's end, asked for by `down`: with its agents, or without them. Asked for again while agents are being
/// stopped, it kills those that have not ended.
final class Ending {
    /// From SIGTERM over SIGKILL to an end that is seen.
    private static final long KILL_SECONDS = 20;
    /// The reply leaves before the process does.
    private static final int REPLY_MILLIS = 100;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Boolean> hurry = new CompletableFuture<>();
    private final CompletableFuture<ControlReply> done = new CompletableFuture<>();
    private boolean stopping; // guarded by this

    void await() throws InterruptedException {
        asked.await();
    }

    /// @param endHost ends the host, and with it what does not stop
    ControlReply begin(Sessions sessions, Runnable endHost, boolean keepAgents) {
        boolean again;
        synchronized (this) {
            again = stopping;
            stopping |= !keepAgents;
        }
        if (again) {
            return again(keepAgents);
        }
        List<Outcome> outcomes = new ArrayList<>();
        if (!keepAgents) {
            List<CompletableFuture<Outcome>> stops = new ArrayList<>();
            sessions.all().forEach(session -> suspend(sessions, session).ifPresent(stops::add));
            stops.forEach(stop -> outcomes.add(stop.join()));
            endHost.run();
        }
        outcomes.add(new Outcome("", ExitCode.OK, keepAgents ? "supervisor stopped; the agents run on" : "stopped"));
        ControlReply reply = new ControlReply.Outcomes(outcomes);
        done.complete(reply);
        CompletableFuture.delayedExecutor(REPLY_MILLIS, TimeUnit.MILLISECONDS).execute(asked::countDown);
        return reply;
    }

    private ControlReply again(boolean keepAgents) {
        if (keepAgents) {
            return new ControlReply.Refused(
                    ExitCode.CONFLICT,
                    "every agent is being stopped already; to kill those that have not ended: agentctl down");
        }
        hurry.complete(true);
        return done.join();
    }

    /// Whether every agent is being stopped.
    synchronized boolean stopsAll() {
        return stopping;
    }

    /// Kills what has not ended by now, where everything is being stopped, and waits for that.
    void hasten() {
        if (!stopsAll()) {
            return;
        }
        hurry.complete(true);
        try {
            boolean _ = asked.await(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops a session for as long as the supervisor is down: what was up is up again at the next start.
    private Optional<CompletableFuture<Outcome>> suspend(Sessions sessions, Session session) {
        // one in back-off would come up by itself
        if (Waiting.isAtRest(session.view().state())) {
            return Optional.empty();
        }
        CompletableFuture<Outcome> stopped = sessions.suspend(session)
                .thenCompose(_ -> session.when(view -> view.state() instanceof SessionState.Stopped))
                .thenApply(_ -> new Outcome(session.name(), ExitCode.OK, hurry.isDone() ? "killed" : "stopped"));
        var _ = hurry.thenRun(() -> {
            if (!stopped.isDone()) {
                sessions.hasten(session);
                giveUp(stopped, session, KILL_SECONDS);
            }
        });
        giveUp(
                stopped,
                session,
                KILL_SECONDS + session.view().project().stopTimeout().toSeconds());
        return Optional.of(stopped);
    }

    private static void giveUp(CompletableFuture<Outcome> stopped, Session session, long seconds) {
        Outcome late = new Outcome(session.name(), ExitCode.TIMED_OUT, "does not stop; it ends with the host");
        var _ = stopped.completeOnTimeout(late, seconds, TimeUnit.SECONDS);
    }
}
