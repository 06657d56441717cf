package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.project.Durations;
import java.time.Duration;

/// Waits at the supervisor for a session to be as wanted. The supervisor sees it happen; it is asked again now and then
/// only so that it need not remember those who have gone away, and again when it was restarted.
final class GoalWait {
    static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration SLICE = Duration.ofMinutes(1);

    private GoalWait() {}

    /// What `--timeout` says.
    static Duration patience(String given) throws CommandFailure {
        return Durations.parse(given)
                .map(time -> time.compareTo(FOR_EVER) < 0 ? time : FOR_EVER)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "--timeout is a time such as 30s, 5m or 1h; it is '" + Printable.line(given) + "'"));
    }

    /// Gives [ControlReply.Reached], [ControlReply.NotYet] once the time has passed, or a refusal.
    static ControlReply of(Agentctl root, String project, WaitGoal goal, Duration patience)
            throws CommandFailure, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        // one that is not there now is not waited for
        root.supervisor().connect().close();
        WaitGoal wanted = goal;
        // which child is meant by "exit" is asked first, so that a restart of the supervisor cannot change it
        long slice = goal instanceof WaitGoal.Exit ? 0 : SLICE.toMillis();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime()) / 1_000_000;
            ControlReply reply = root.supervisor()
                    .askThroughRestarts(new ControlRequest.Wait(project, wanted, Math.min(left, slice)));
            if (!(reply instanceof ControlReply.NotYet(String _, String _, WaitGoal again)) || left == 0) {
                return reply;
            }
            wanted = again;
            slice = SLICE.toMillis();
        }
    }
}
