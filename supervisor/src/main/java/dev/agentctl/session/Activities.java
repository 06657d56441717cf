package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which activity follows from what the agent reports. Hooks outrank what is printed to the terminal, which any tool
/// could print.
final class Activities {
    /// What the terminal printed is older than a hook that came this shortly before: they race over two roads.
    private static final Duration HOOK_LEADS = Duration.ofMillis(1_500);

    private Activities() {}

    /// The activity after an event; empty when the event says nothing about it.
    ///
    /// @param lastHook when a hook last reported; [Instant#MIN] if none did
    static Optional<Activity> after(AgentEvent event, Instant lastHook, Instant now) {
        return switch (event) {
            case AgentEvent.ConversationBegan _, AgentEvent.Closing _ -> Optional.empty();
            case AgentEvent.PromptAccepted(String _, String source) -> working(source, now);
            case AgentEvent.Ready(String source) -> idle(source, now);
            case AgentEvent.ToolBegan(String tool, String source) -> working(source + " " + tool, now);
            case AgentEvent.ToolEnded(String _, String source) -> working(source, now);
            case AgentEvent.ApprovalAsked(String what, String source) ->
                Optional.of(new Activity.AwaitingApproval(what, new Evidence(source, now)));
            case AgentEvent.QuestionAsked(String what, String source) ->
                Optional.of(new Activity.AwaitingAnswer(what, new Evidence(source, now)));
            case AgentEvent.DialogDecided(String how) -> working(how, now);
            case AgentEvent.TurnEnded(String _, int tasks, String source) ->
                tasks == 0 ? idle(source, now) : Optional.of(new Activity.Background(tasks, new Evidence(source, now)));
            case AgentEvent.TurnFailed(String _, Optional<Limit> limit, Optional<Instant> until, String source) ->
                limit.isPresent()
                        ? Optional.of(new Activity.Limited(limit.get(), until, new Evidence(source, now)))
                        : idle(source, now);
            case AgentEvent.Interrupted(String source) -> idle(source, now);
            case AgentEvent.ScreenSeen seen -> Optional.of(seen(seen, new Evidence(seen.evidence(), now)));
            case AgentEvent.StatusPrinted printed ->
                now.isBefore(lastHook.plus(HOOK_LEADS)) ? Optional.empty() : printed(printed, now);
        };
    }

    /// Whether an event says nothing before the agent itself has reported: a window's title is the same while a dialog
    /// of the first run is open.
    static boolean isTooEarly(AgentEvent event, boolean reported) {
        return !reported
                && event instanceof AgentEvent.StatusPrinted printed
                && printed.road() == AgentEvent.StatusPrinted.Road.TITLE;
    }

    /// Whether an activity goes on whatever this event says: the terminal tells of prompts and of the login, and knows
    /// of neither background tasks nor limits.
    static boolean outlasts(Activity activity, AgentEvent event) {
        if (!(event instanceof AgentEvent.StatusPrinted printed)) {
            return false;
        }
        boolean rests = Set.of("idle", "done", "error").contains(printed.state());
        return switch (activity) {
            case Activity.Background _ -> rests;
            case Activity.Limited _ -> rests || printed.kind().equals("auth");
            case Activity.Idle _,
                    Activity.Working _,
                    Activity.Stuck _,
                    Activity.Covered _,
                    Activity.AwaitingApproval _,
                    Activity.AwaitingAnswer _,
                    Activity.Unknown _ -> false;
        };
    }

    private static Activity seen(AgentEvent.ScreenSeen seen, Evidence evidence) {
        return switch (seen.kind()) {
            case READY -> new Activity.Idle(evidence);
            case BUSY -> new Activity.Working(evidence);
            case DIALOG -> new Activity.AwaitingApproval(seen.line(), evidence);
            case NOTHING -> new Activity.Unknown(evidence);
        };
    }

    private static Optional<Activity> printed(AgentEvent.StatusPrinted printed, Instant now) {
        Evidence evidence = new Evidence(printed.road().words() + " " + printed.state(), now);
        return switch (printed.state()) {
            case "idle", "done", "error" -> Optional.of(new Activity.Idle(evidence));
            case "working" -> Optional.of(new Activity.Working(evidence));
            case "blocked" ->
                Optional.of(
                        printed.kind().equals("question")
                                ? new Activity.AwaitingAnswer(printed.message(), evidence)
                                : new Activity.AwaitingApproval(printed.message(), evidence));
            default -> Optional.empty();
        };
    }

    /// How long after a hook a printed state has to be looked at again.
    static Duration recheck() {
        return HOOK_LEADS;
    }

    private static Optional<Activity> idle(String source, Instant now) {
        return Optional.of(new Activity.Idle(new Evidence(source, now)));
    }

    private static Optional<Activity> working(String source, Instant now) {
        return Optional.of(new Activity.Working(new Evidence(source, now)));
    }
}
