package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.session.SessionState.Backoff;
import dev.agentctl.session.SessionState.Exited;
import dev.agentctl.session.SessionState.Failed;
import dev.agentctl.session.SessionState.Running;
import dev.agentctl.session.SessionState.Starting;
import dev.agentctl.session.SessionState.Stopped;
import dev.agentctl.session.SessionState.Stopping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what the agent of a child that runs is taken to do: by its own reports, by its silence, by the limits that
/// it has run into. Pure, a part of [Lifecycle].
///
/// @param silence how long it may give no sign of life while it works
record Conduct(Silence silence) {
    Step reported(SessionModel model, SessionEvent.AgentReported reported, Instant now) {
        if (Activities.isTooEarly(reported.event(), model.reported())) {
            return Step.keep(model);
        }
        Optional<Activity> activity = Activities.after(reported.event(), model.lastHook(), now);
        SessionModel heard = model.heard(reported.hook(), now);
        return switch (model.state()) {
            case Starting(long pid, Instant at) ->
                activity.isPresent()
                        ? Step.recovered(model, heard.with(new Running(pid, at, activity.get()), now))
                        : greeted(model, reported);
            case Running running when Activities.outlasts(running.activity(), reported.event()) -> Step.keep(model);
            case Running running ->
                activity.isPresent() ? active(running, heard, activity.get(), now) : unheard(model, heard, reported);
            case Stopped _, Backoff _, Stopping _, Exited _, Failed _ -> Step.keep(model);
        };
    }

    /// Its conversation has begun. Where nothing more is heard it waits for a prompt, as Claude Code 2.1.197 does:
    /// that one prints no state.
    private static Step greeted(SessionModel model, SessionEvent.AgentReported reported) {
        return reported.hook() && reported.event() instanceof AgentEvent.ConversationBegan
                ? new Step(model.greeted(), List.of(greeting(model)))
                : Step.keep(model);
    }

    private static Effect greeting(SessionModel model) {
        return new Effect.Wait(model.generation(), FirstReport.GREETED, Timer.REPORT_DUE);
    }

    /// Whether it runs and nothing of it is known.
    private static boolean isUnknown(SessionModel model) {
        return model.state() instanceof Running(long _, Instant _, Activity.Unknown _);
    }

    /// Whether it is not known yet what a child does that may say so still.
    static boolean isUnheard(SessionModel model) {
        return model.state() instanceof Starting || (model.reported() && isUnknown(model));
    }

    private Step active(Running before, SessionModel heard, Activity activity, Instant now) {
        Step step = active(heard.with(new Running(before.pid(), before.startedAt(), activity), now), now);
        List<Effect> effects = new ArrayList<>(step.effects());
        silence.first(before.activity(), activity)
                .ifPresent(time -> effects.add(new Effect.Wait(heard.generation(), time, Timer.SILENCE)));
        return new Step(step.model(), effects);
    }

    Step active(SessionModel model, Instant now) {
        Optional<Instant> over = model.state() instanceof Running(long _, Instant _, Activity.Limited limited)
                ? limited.over()
                : Optional.empty();
        return new Step(model, over.stream().map(at -> until(model, at, now)).toList());
    }

    private static Effect until(SessionModel model, Instant at, Instant now) {
        Duration time = at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        return new Effect.Wait(model.generation(), time, Timer.LIMIT_OVER);
    }

    /// The turn that a limit cut off goes on by itself only where its end was told: else each try might fail anew.
    Step limitOver(SessionModel model, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant at, Activity.Limited limited))
                || limited.over().isEmpty()) {
            return Step.keep(model);
        }
        Instant over = limited.over().get();
        if (now.isBefore(over)) {
            return new Step(model, List.of(until(model, over, now)));
        }
        Activity idle = new Activity.Idle(new Evidence("its " + limited.limit().words() + " was to end", over));
        return new Step(
                model.with(new Running(pid, at, idle), now),
                limited.until().isPresent() ? List.of(new Effect.GoOn(model.generation())) : List.of());
    }

    /// A person who asks for it knows more than we do: of a login that was renewed, of an account that was settled.
    Step retry(SessionModel model, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant at, Activity.Limited limited))) {
            return Step.keep(model);
        }
        Evidence evidence =
                new Evidence("told to try again despite its " + limited.limit().words(), now);
        return new Step(
                model.with(new Running(pid, at, new Activity.Idle(evidence)), now),
                List.of(new Effect.GoOn(model.generation())));
    }

    private static Step unheard(SessionModel model, SessionModel heard, SessionEvent.AgentReported reported) {
        if (reported.hook()) {
            return reported.event() instanceof AgentEvent.ConversationBegan && isUnknown(model)
                    ? new Step(heard, List.of(greeting(model)))
                    : Step.keep(heard);
        }
        return new Step(model, List.of(new Effect.Wait(model.generation(), Activities.recheck(), Timer.RECHECK)));
    }

    Step lookedAt(SessionModel model, SessionEvent.LookedAt looked, Instant now) {
        return looked.cause() == Timer.SILENCE ? listened(model, looked, now) : unreported(model, looked, now);
    }

    private static Step unreported(SessionModel model, SessionEvent.LookedAt looked, Instant now) {
        long pid = model.state().childPid();
        if (pid == 0 || !isUnheard(model)) {
            return Step.keep(model);
        }
        Instant at = startedAt(model);
        if (model.reported()) {
            if (looked.quiet().compareTo(FirstReport.GREETED) < 0) {
                Duration left = FirstReport.GREETED.minus(looked.quiet());
                return new Step(model, List.of(new Effect.Wait(model.generation(), left, Timer.REPORT_DUE)));
            }
            Activity idle = new Activity.Idle(new Evidence("hook SessionStart, and nothing since,", now));
            return Step.recovered(model, model.with(new Running(pid, at, idle), now));
        }
        if (!FirstReport.isMissed(Duration.between(at, now), looked.quiet(), looked.screen())) {
            return new Step(model, List.of(new Effect.Wait(model.generation(), FirstReport.STILL, Timer.REPORT_DUE)));
        }
        Activity unknown = new Activity.Unknown(FirstReport.evidence(looked.screen(), now));
        return new Step(
                model.with(new Running(pid, at, unknown), now),
                List.of(new Effect.Tell(new Effect.Notice.NotReported(looked.screen()))));
    }

    private static Instant startedAt(SessionModel model) {
        return switch (model.state()) {
            case Starting(long _, Instant at) -> at;
            case Running running -> running.startedAt();
            case Stopped _, Backoff _, Stopping _, Exited _, Failed _ -> model.since();
        };
    }

    private Step listened(SessionModel model, SessionEvent.LookedAt looked, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant startedAt, Activity before))) {
            return model.state() instanceof Starting
                    ? new Step(model, List.of(new Effect.Wait(model.generation(), silence.limit(), Timer.SILENCE)))
                    : Step.keep(model);
        }
        Activity activity = silence.after(before, looked, now).orElse(before);
        List<Effect> effects = new ArrayList<>();
        if (!activity.equals(before)) {
            news(activity, looked.screen(), now).ifPresent(notice -> effects.add(new Effect.Tell(notice)));
        }
        effects.add(new Effect.Wait(model.generation(), silence.next(activity, looked.quiet(), now), Timer.SILENCE));
        return new Step(model.with(new Running(pid, startedAt, activity), now), effects);
    }

    private static Optional<Effect.Notice> news(Activity activity, String screen, Instant now) {
        return switch (activity) {
            case Activity.Stuck(Instant since, Evidence _) ->
                Optional.of(new Effect.Notice.Stuck(Duration.between(since, now)));
            case Activity.Covered _ -> Optional.of(new Effect.Notice.Covered(screen));
            case Activity.Working _,
                    Activity.Background _,
                    Activity.Limited _,
                    Activity.Idle _,
                    Activity.AwaitingApproval _,
                    Activity.AwaitingAnswer _,
                    Activity.Unknown _ -> Optional.empty();
        };
    }
}
