package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostLink;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The supervisor's end, asked for by `down`: with its agents, or without them.
final class Ending {
    private static final int STOP_SECONDS = 60;
    /// The reply leaves before the process does.
    private static final int REPLY_MILLIS = 100;

    private final CountDownLatch asked = new CountDownLatch(1);

    void await() throws InterruptedException {
        asked.await();
    }

    ControlReply begin(Sessions sessions, HostLink host, boolean keepAgents) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!keepAgents) {
            List<CompletableFuture<Outcome>> stops = new ArrayList<>();
            sessions.all().forEach(session -> suspend(sessions, session).ifPresent(stops::add));
            stops.forEach(stop -> outcomes.add(stop.join()));
            host.shutDown();
        }
        outcomes.add(new Outcome("", ExitCode.OK, keepAgents ? "supervisor stopped; the agents run on" : "stopped"));
        CompletableFuture.delayedExecutor(REPLY_MILLIS, TimeUnit.MILLISECONDS).execute(asked::countDown);
        return new ControlReply.Outcomes(outcomes);
    }

    /// Stops a session for as long as the supervisor is down: what was up is up again at the next start.
    private static Optional<CompletableFuture<Outcome>> suspend(Sessions sessions, Session session) {
        SessionState state = session.view().state();
        if (state.childPid() == 0 && !(state instanceof SessionState.Starting)) {
            return Optional.empty();
        }
        sessions.suspend(session);
        return Optional.of(session.when(view -> view.state() instanceof SessionState.Stopped)
                .thenApply(_ -> new Outcome(session.name(), ExitCode.OK, "stopped"))
                .completeOnTimeout(
                        new Outcome(session.name(), ExitCode.TIMED_OUT, "does not stop; it ends with the host"),
                        STOP_SECONDS,
                        TimeUnit.SECONDS));
    }
}
