package dev.agentctl.session;

import dev.agentctl.project.Project;
import java.time.Instant;

/// A session as it was last seen; immutable, for any thread.
public record SessionView(Project project, SessionModel model, Memory memory) {
    public String name() {
        return project.name();
    }

    public SessionState state() {
        return model.state();
    }

    /// What the state was derived from, for a person.
    public String evidence() {
        return switch (model.state()) {
            case SessionState.Stopped _ -> "";
            case SessionState.Starting starting ->
                starting.pid() == 0 ? "no process yet" : "process " + starting.pid() + " runs";
            case SessionState.Running running -> words(running.activity());
            case SessionState.Backoff backoff ->
                backoff.cause()
                        + (backoff.attempt() == 0 ? "" : ", crash " + backoff.attempt() + " in a row")
                        + "; again at " + Clock.time(backoff.until());
            case SessionState.Stopping stopping ->
                "asked to end, killed at " + Clock.time(killed()) + " if it has not"
                        + (stopping.thenStart() ? "; then started again" : "");
            case SessionState.Exited(int code) -> "exit status " + code;
            case SessionState.Failed(String reason) -> reason;
        };
    }

    private Instant killed() {
        return model.since().plus(project.stopTimeout()).plus(Lifecycle.TERMINATE_TIME);
    }

    private static String words(Activity activity) {
        String source = activity.evidence().source() + " at "
                + Clock.time(activity.evidence().at());
        return switch (activity) {
            case Activity.AwaitingApproval approval -> approval.what() + " (" + source + ")";
            case Activity.AwaitingAnswer question -> question.what() + " (" + source + ")";
            case Activity.Covered covered -> "shows \"" + covered.line() + "\" (" + source + ")";
            case Activity.Background(int tasks, Evidence _) ->
                tasks + (tasks == 1 ? " background task (" : " background tasks (") + source + ")";
            case Activity.Limited limited -> limited.limit().words() + end(limited) + " (" + source + ")";
            case Activity.Stuck stuck ->
                "no sign of life since " + Clock.time(stuck.silentSince()) + " (" + source + ")";
            case Activity.Idle _, Activity.Working _, Activity.Unknown _ -> source;
        };
    }

    private static String end(Activity.Limited limited) {
        Instant since = limited.evidence().at();
        return limited.until()
                .map(at -> " until " + Clock.moment(at, since))
                .or(() -> limited.over().map(at -> ", its end was not told, tried again at " + Clock.moment(at, since)))
                .orElse("");
    }
}
