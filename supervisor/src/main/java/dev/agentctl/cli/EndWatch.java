package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Finds out, after a child has ended, whether the session goes on: an attachment stays through a restart, and leaves
/// a session that came to rest.
final class EndWatch {
    private static final long LOOK_EVERY_MILLIS = 300;

    private final Agentctl root;
    private final String project;
    private final ScheduledExecutorService clock;
    private final Consumer<Farewell> leave;
    /// How many ends were seen, and the one that no start has followed yet; 0: none.
    private int ends; // guarded by this

    private int waitingFor; // guarded by this

    EndWatch(Agentctl root, String project, ScheduledExecutorService clock, Consumer<Farewell> leave) {
        this.root = root;
        this.project = project;
        this.clock = clock;
        this.leave = leave;
    }

    /// The child has ended.
    synchronized void ended(int status) {
        ends++;
        waitingFor = ends;
        look(ends, status);
    }

    /// A child has started; true when another had ended before.
    synchronized boolean startedAgain() {
        boolean again = waitingFor > 0;
        waitingFor = 0;
        return again;
    }

    private synchronized boolean isOver(int end) {
        return waitingFor == end;
    }

    private void look(int end, int status) {
        var _ = clock.schedule(() -> decide(end, status), LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void decide(int end, int status) {
        if (!isOver(end)) {
            return;
        }
        String ended = project + " has ended with status " + status;
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.of(project)));
            if (reply instanceof ControlReply.Report report
                    && !report.sessions().isEmpty()) {
                SessionReport session = report.sessions().getFirst();
                if (!AttachCommand.AT_REST.contains(session.state())) {
                    look(end, status);
                    return;
                }
                ended = ended + ", state: " + session.state();
            }
            leave.accept(new Farewell(ExitCode.OK, "[" + ended + "; start it with: agentctl start " + project + "]"));
        } catch (CommandFailure e) {
            if (e.code() != ExitCode.UNREACHABLE) {
                look(end, status);
                return;
            }
            leave.accept(new Farewell(ExitCode.OK, "[" + ended + "; no supervisor is there to start it again]"));
        }
    }
}
