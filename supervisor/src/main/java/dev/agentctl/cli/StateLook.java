package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What the supervisor knows of a session, asked again once a second while something happens in its terminal and for
/// a little after, because a state is told apart only then; else rarely.
final class StateLook {
    private static final long STEP_MILLIS = 1_000;
    private static final long AFTERWARDS = TimeUnit.SECONDS.toNanos(3);
    /// For what shows in no terminal: a message that was queued.
    private static final long RARELY = TimeUnit.SECONDS.toNanos(5);

    private final Agentctl root;
    private final String project;
    private final Runnable changed;
    private volatile StatusLine.Known known = new StatusLine.Known.Unknown("…");
    private volatile long stirred = System.nanoTime();
    private long looked = stirred - RARELY; // the clock's thread's

    /// @param changed called when the answer is another one
    StateLook(Agentctl root, String project, Runnable changed) {
        this.root = root;
        this.project = project;
        this.changed = changed;
    }

    void begin(ScheduledExecutorService clock) {
        var _ = clock.scheduleWithFixedDelay(this::step, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    StatusLine.Known known() {
        return known;
    }

    /// Something happened in the terminal.
    void stir() {
        stirred = System.nanoTime();
    }

    private void step() {
        long now = System.nanoTime();
        if (now - stirred >= AFTERWARDS && now - looked < RARELY) {
            return;
        }
        looked = now;
        StatusLine.Known seen = ask();
        if (!seen.equals(known)) {
            known = seen;
            changed.run();
        }
    }

    private StatusLine.Known ask() {
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.of(project)));
            if (reply instanceof ControlReply.Report report
                    && !report.sessions().isEmpty()) {
                return new StatusLine.Known.Is(report.sessions().getFirst());
            }
            return new StatusLine.Known.Unknown("not known to the supervisor");
        } catch (CommandFailure e) {
            return new StatusLine.Known.Unknown(
                    switch (e.code()) {
                        case UNREACHABLE -> "no supervisor";
                        case TIMED_OUT -> "the supervisor does not answer";
                        case NO_SUCH_PROJECT -> "not known to the supervisor";
                        case OK, ERROR, USAGE, NOT_RUNNING, CONFLICT, NOT_PERMITTED -> "no state";
                    });
        }
    }
}
