package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.session.ChildExit;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.SessionView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Waits for a session to be as a command wants it; ends early where that cannot come without a person.
final class Waiting {
    private final Session session;
    private final WaitGoal goal;

    private Waiting(Session session, WaitGoal goal) {
        this.session = session;
        this.goal = goal;
    }

    /// Waits that long.
    static ControlReply on(Session session, WaitGoal wanted, long millis) {
        Waiting waiting = new Waiting(session, meant(session, wanted));
        if (waiting.decided(session.view()) && !waiting.mayStillCome(session.view())) {
            // also where no time is given: a question more than a wait
            return waiting.outcome(session.view());
        }
        CompletableFuture<ControlReply> reply = waiting.begin();
        return reply.completeOnTimeout(waiting.notYet(), millis, TimeUnit.MILLISECONDS)
                .join();
    }

    /// The end of the child that runs, or of the one that comes next.
    private static WaitGoal meant(Session session, WaitGoal wanted) {
        if (!(wanted instanceof WaitGoal.Exit(long generation)) || generation != 0) {
            return wanted;
        }
        SessionView view = session.view();
        boolean ended = view.state().childPid() == 0 && !(view.state() instanceof SessionState.Starting);
        boolean again = ended && !isAtRest(view.state());
        return new WaitGoal.Exit(view.model().generation() + (again ? 1 : 0));
    }

    private CompletableFuture<ControlReply> begin() {
        CompletableFuture<ControlReply> reply = new CompletableFuture<>();
        if (goal instanceof WaitGoal.Text(String text)) {
            var _ = session.whenShown(text).thenAccept(line -> reply.complete(reached(line, Optional.empty())));
        }
        CompletableFuture<SessionView> seen = session.when(view -> reply.isDone() || decided(view));
        var _ = seen.thenCompose(this::settled).thenAccept(view -> reply.complete(outcome(view)));
        // whoever waits no longer is forgotten with the next change
        return reply;
    }

    /// The last words of a program may reach the screen after the news of its end.
    private CompletableFuture<SessionView> settled(SessionView view) {
        return mayStillCome(view)
                ? session.whenDrawn().thenApply(_ -> session.view())
                : CompletableFuture.completedFuture(view);
    }

    private boolean mayStillCome(SessionView view) {
        return goal instanceof WaitGoal.Text && !isReached(view);
    }

    private boolean decided(SessionView view) {
        return isReached(view) || isAtRest(view.state());
    }

    private boolean isReached(SessionView view) {
        return switch (goal) {
            case WaitGoal.State(String word) ->
                view.state().word().equals(word)
                        || (word.equals("running") && view.state() instanceof SessionState.Running);
            case WaitGoal.Exit(long generation) ->
                generation > 0 && session.lastExit().generation() >= generation;
            // its screen may still show it after the end
            case WaitGoal.Text(String text) -> session.look().text().contains(text);
        };
    }

    /// States that only a person leads out of.
    static boolean isAtRest(SessionState state) {
        return switch (state) {
            case SessionState.Stopped _, SessionState.Exited _, SessionState.Failed _ -> true;
            case SessionState.Starting _, SessionState.Running _, SessionState.Backoff _, SessionState.Stopping _ ->
                false;
        };
    }

    private ControlReply outcome(SessionView view) {
        if (isReached(view)) {
            return reached(line(), exitStatus());
        }
        return goal instanceof WaitGoal.Exit && view.state() instanceof SessionState.Exited(int code)
                ? reached("", Optional.of(Integer.toString(code)))
                : new ControlReply.Refused(
                        ExitCode.NOT_RUNNING,
                        session.name() + " is " + view.state().word() + ", so that cannot come; start it with: agentctl"
                                + " start " + session.name());
    }

    /// The line that shows the text that is waited for.
    private String line() {
        return goal instanceof WaitGoal.Text(String text)
                ? session.look().lines().stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private Optional<String> exitStatus() {
        ChildExit exit = session.lastExit();
        boolean asked = goal instanceof WaitGoal.Exit(long generation) && exit.generation() == generation;
        return asked && exit.status().isPresent()
                ? Optional.of(Integer.toString(exit.status().getAsInt()))
                : Optional.empty();
    }

    private ControlReply reached(String line, Optional<String> exitStatus) {
        SessionView view = session.view();
        return new ControlReply.Reached(view.state().word(), session.evidence(), line, exitStatus);
    }

    private ControlReply notYet() {
        SessionView view = session.view();
        return new ControlReply.NotYet(view.state().word(), session.evidence(), goal);
    }
}
