package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.project.RestartMode;
import dev.agentctl.pty.ExitStatus;
import dev.agentctl.pty.Signal;
import dev.agentctl.session.RestartPolicy.Decision;
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

/// Decides what a session does next: (model, event, now) to the next model and what is to be done. Pure.
///
/// ```
/// stopped, exited, failed, backoff ──start──► starting ──the agent reports──► running
/// starting, running ──stop──► stopping ──the child ends──► stopped
/// starting, running ──the child ends──► backoff | exited | failed
/// backoff ──its time is up──► starting
/// ```
///
/// Stopping goes on from the agent's own quit to SIGTERM with SIGCONT, to SIGKILL, each with its time.
///
/// @param mode when a child that ended by itself is started again
/// @param stopTimeout for the agent's own quit
/// @param reports whether the agent tells its state
/// @param silence how long it may give no sign of life while it works
record Lifecycle(RestartMode mode, Duration stopTimeout, boolean reports, Silence silence) {
    private static final Duration TERMINATE_TIME = Duration.ofSeconds(10);
    private static final Duration KILL_TIME = Duration.ofSeconds(5);
    private static final int MOST_FAILED_RESUMES = 2;
    private static final String HOST_ENDED = "the host process ended";
    private static final Duration HOST_RETRY = Duration.ofMillis(200);

    /// The next model, and what is to be done in this order.
    record Step(SessionModel model, List<Effect> effects) {
        /// Whether the next child follows at once upon one that crashed.
        boolean startsAfterCrash() {
            return model.crash().isPresent() && effects.stream().anyMatch(effect -> effect instanceof Effect.Launch);
        }
    }

    /// Goes through a crash that is nobody's: the first use of a switch over types makes a class, which the first
    /// real crash would wait for, for no start-up cache keeps it.
    static void rehearse() {
        Lifecycle any = new Lifecycle(RestartMode.ALWAYS, Duration.ZERO, true, new Silence(Duration.ZERO));
        SessionModel started =
                SessionModel.remembered(Memory.BLANK, Instant.EPOCH).nextGeneration(Instant.EPOCH);
        Activity unknown = new Activity.Unknown(new Evidence("", Instant.EPOCH));
        SessionModel running = started.with(new Running(1, Instant.EPOCH, unknown), Instant.EPOCH);
        var _ = any.step(
                running, new SessionEvent.ChildEnded(running.generation(), 1), Instant.EPOCH.plusSeconds(60), 0);
    }

    /// @param random in [0, 1)
    Step step(SessionModel model, SessionEvent event, Instant now, double random) {
        return switch (event) {
            case SessionEvent.StartAsked(boolean fresh) -> start(model.forgiven(), fresh, now);
            case SessionEvent.StopAsked() -> stop(model.wanting(Desired.DOWN), false, now);
            case SessionEvent.RestartAsked() -> restart(model.forgiven(), now);
            case SessionEvent.RetryAsked() -> retry(model, now);
            case SessionEvent.Spawned(long generation, long pid) ->
                generation == model.generation() ? watched(spawned(model, pid, now)) : keep(model);
            case SessionEvent.SpawnRefused refused ->
                refused.generation() == model.generation() ? refused(model, refused, now, random) : keep(model);
            case SessionEvent.HostAway(long generation) ->
                generation == model.generation() ? hostAway(model, now) : keep(model);
            case SessionEvent.ChildEnded(long generation, int status, boolean outOfMemory) ->
                generation == model.generation()
                        ? ended(model, status, cause(status, outOfMemory), now, random)
                        : keep(model);
            case SessionEvent.HostLost() -> hostLost(model, now);
            case SessionEvent.Adopted adopted -> watched(adopted(model, adopted, now));
            case SessionEvent.AgentReported reported ->
                reported.generation() == model.generation() ? reported(model, reported, now) : keep(model);
            case SessionEvent.LookedAt looked ->
                looked.generation() == model.generation() ? lookedAt(model, looked, now) : keep(model);
            case SessionEvent.TimeUp(long generation, Timer timer) ->
                generation == model.generation() ? timeUp(model, timer, now) : keep(model);
        };
    }

    private static Step keep(SessionModel model) {
        return new Step(model, List.of());
    }

    /// From a child's start to its end one timer after the other goes off, at the latest when it could be stuck.
    private Step watched(Step step) {
        if (!(step.model().state() instanceof Starting || step.model().state() instanceof Running)) {
            return step;
        }
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.add(new Effect.Wait(step.model().generation(), silence.limit(), Timer.SILENCE));
        return new Step(step.model(), effects);
    }

    private static Step launch(SessionModel model, boolean fresh, Instant now) {
        SessionModel next = model.nextGeneration(now);
        return new Step(next, List.of(new Effect.Launch(next.generation(), fresh, model.crash())));
    }

    private static Step start(SessionModel model, boolean fresh, Instant now) {
        return switch (model.state()) {
            case Stopped _, Exited _, Failed _, Backoff _ -> launch(model, fresh, now);
            case Starting _, Running _ -> keep(model);
            case Stopping stopping -> keep(model.with(new Stopping(stopping.pid(), true), now));
        };
    }

    private Step restart(SessionModel model, Instant now) {
        return switch (model.state()) {
            case Stopped _, Exited _, Failed _, Backoff _, Stopping _ -> start(model, false, now);
            case Starting _, Running _ -> stop(model, true, now);
        };
    }

    private Step stop(SessionModel model, boolean thenStart, Instant now) {
        long pid = model.state().childPid();
        return switch (model.state()) {
            case Stopped _ -> keep(model);
            case Exited _, Failed _, Backoff _ -> ended(model, now);
            case Stopping _ -> keep(model.with(new Stopping(pid, thenStart), now));
            case Starting _ -> quit(model, pid, thenStart, false, now);
            case Running running -> quit(model, pid, thenStart, running.activity() instanceof Activity.Idle, now);
        };
    }

    private Step quit(SessionModel model, long pid, boolean thenStart, boolean idle, Instant now) {
        return new Step(
                model.with(new Stopping(pid, thenStart), now),
                List.of(
                        new Effect.Quit(model.generation(), idle),
                        new Effect.Wait(model.generation(), stopTimeout, Timer.QUIT)));
    }

    /// Stopped, and nothing of it left: what a child started may outlive it.
    private static Step ended(SessionModel model, Instant now) {
        return new Step(model.with(new Stopped(), now), List.of(new Effect.Sweep()));
    }

    private Step spawned(SessionModel model, long pid, Instant now) {
        return switch (model.state()) {
            // a stop came while the child was being started: now there is someone to end
            case Stopping stopping ->
                new Step(
                        model.with(new Stopping(pid, stopping.thenStart()), now),
                        List.of(new Effect.Quit(model.generation(), false)));
            case Starting starting -> started(model, pid, starting.at(), now);
            // its first report overtook the host's answer
            case Running running -> keep(model.with(new Running(pid, running.startedAt(), running.activity()), now));
            case Stopped _, Backoff _, Exited _, Failed _ -> keep(model);
        };
    }

    private Step started(SessionModel model, long pid, Instant at, Instant now) {
        if (reports) {
            return new Step(
                    model.with(new Starting(pid, at), now),
                    List.of(new Effect.Wait(model.generation(), FirstReport.DUE, Timer.REPORT_DUE)));
        }
        Activity unknown = new Activity.Unknown(new Evidence("process " + pid + " runs", now));
        return withRecovery(model, model.with(new Running(pid, at, unknown), now));
    }

    private static Step withRecovery(SessionModel before, SessionModel next) {
        return before.crash().isPresent()
                ? new Step(next.recovered(), List.of(new Effect.Tell(new Effect.Notice.Recovered(next.reported()))))
                : new Step(next, List.of());
    }

    private Step refused(SessionModel model, SessionEvent.SpawnRefused refused, Instant now, double random) {
        if (model.state() instanceof Stopping) {
            return ended(model, 1, cause(1, false), now, random);
        }
        if (refused.permanent()) {
            return giveUp(model, refused.reason(), now);
        }
        return crashed(model, 1, refused.reason(), Duration.ZERO, model.failedResumes(), now, random);
    }

    private Step ended(SessionModel model, int status, String cause, Instant now, double random) {
        return switch (model.state()) {
            case Stopping stopping -> stopping.thenStart() ? launch(model, false, now) : ended(model, now);
            case Starting starting ->
                crashed(
                        model,
                        status,
                        cause,
                        Duration.between(starting.at(), now),
                        model.failedResumes() + 1,
                        now,
                        random);
            case Running running ->
                crashed(model, status, cause, Duration.between(running.startedAt(), now), 0, now, random);
            case Stopped _, Backoff _, Exited _, Failed _ -> keep(model);
        };
    }

    private Step crashed(
            SessionModel model, int status, String cause, Duration ran, int failedResumes, Instant now, double random) {
        if (failedResumes >= MOST_FAILED_RESUMES && status != 0 && reports) {
            return giveUp(
                    model,
                    "it ended " + failedResumes + " times before it reported (" + cause
                            + "); look at its screen, or begin a new conversation with: start --fresh",
                    now);
        }
        return switch (RestartPolicy.after(status, ran, mode, model.failures(), now, random)) {
            case Decision.Finished() ->
                new Step(
                        model.with(new Exited(status), now),
                        List.of(new Effect.Sweep(), new Effect.Tell(new Effect.Notice.Exited(status))));
            case Decision.GiveUp(String reason) -> giveUp(model, cause + ": " + reason, now);
            case Decision.Again(Duration delay, Failures failures) ->
                again(model.afterCrash(cause, failures, failedResumes), cause, delay, now);
        };
    }

    private static Step again(SessionModel model, String cause, Duration delay, Instant now) {
        Effect tell = new Effect.Tell(new Effect.Notice.Crashed(cause, delay));
        if (delay.isZero()) {
            Step launch = launch(model, false, now);
            return new Step(launch.model(), List.of(launch.effects().getFirst(), tell));
        }
        Backoff backoff = new Backoff(now.plus(delay), model.failures().inARow(), cause);
        return new Step(
                model.with(backoff, now), List.of(tell, new Effect.Wait(model.generation(), delay, Timer.RESTART)));
    }

    private static Step giveUp(SessionModel model, String reason, Instant now) {
        return new Step(
                model.with(new Failed(reason), now),
                List.of(new Effect.Sweep(), new Effect.Tell(new Effect.Notice.GaveUp(reason))));
    }

    private Step hostLost(SessionModel model, Instant now) {
        return switch (model.state()) {
            case Starting(long pid, Instant _) when pid == 0 -> hostAway(model, now);
            case Starting _, Running _ ->
                mode == RestartMode.NO
                        ? giveUp(model, HOST_ENDED, now)
                        : again(model.afterCrash(HOST_ENDED, model.failures(), 0), HOST_ENDED, HOST_RETRY, now);
            case Stopping stopping -> stopping.thenStart() ? launch(model, false, now) : ended(model, now);
            case Stopped _, Backoff _, Exited _, Failed _ -> keep(model);
        };
    }

    /// Tried again without a word: the host is told of elsewhere, and it is no crash of this session.
    private static Step hostAway(SessionModel model, Instant now) {
        return switch (model.state()) {
            case Starting _ -> {
                Backoff backoff =
                        new Backoff(now.plus(HOST_RETRY), model.failures().inARow(), "the host is away");
                yield new Step(
                        model.with(backoff, now),
                        List.of(new Effect.Wait(model.generation(), HOST_RETRY, Timer.RESTART)));
            }
            case Stopping stopping -> stopping.thenStart() ? launch(model, false, now) : ended(model, now);
            case Running _, Stopped _, Backoff _, Exited _, Failed _ -> keep(model);
        };
    }

    private Step adopted(SessionModel model, SessionEvent.Adopted event, Instant now) {
        long pid = event.pid();
        if (model.desired() == Desired.DOWN && event.generation() == model.generation()) {
            // the supervisor that was to stop it ended before it had
            return quit(model, pid, false, false, now);
        }
        Activity unknown = new Activity.Unknown(new Evidence("process " + pid + " was running already", now));
        Activity known = event.limited().map(Activity.class::cast).orElse(unknown);
        SessionModel adopted = new SessionModel(
                Desired.UP,
                new Running(pid, now, known),
                now,
                event.generation(),
                model.restarts(),
                model.failures(),
                Optional.empty(),
                0,
                true,
                Instant.MIN);
        return active(adopted, now);
    }

    private Step reported(SessionModel model, SessionEvent.AgentReported reported, Instant now) {
        if (Activities.isTooEarly(reported.event(), model.reported())) {
            return keep(model);
        }
        Optional<Activity> activity = Activities.after(reported.event(), model.lastHook(), now);
        SessionModel heard = model.heard(reported.hook(), now);
        return switch (model.state()) {
            case Starting(long pid, Instant at) ->
                activity.isPresent()
                        ? withRecovery(model, heard.with(new Running(pid, at, activity.get()), now))
                        : greeted(model, reported);
            case Running running when Activities.outlasts(running.activity(), reported.event()) -> keep(model);
            case Running running ->
                activity.isPresent()
                        ? active(heard.with(new Running(running.pid(), running.startedAt(), activity.get()), now), now)
                        : unheard(model, heard, reported);
            case Stopped _, Backoff _, Stopping _, Exited _, Failed _ -> keep(model);
        };
    }

    /// Its conversation has begun. Where nothing more is heard it waits for a prompt, as Claude Code 2.1.197 does:
    /// that one prints no state.
    private static Step greeted(SessionModel model, SessionEvent.AgentReported reported) {
        return reported.hook() && reported.event() instanceof AgentEvent.ConversationBegan
                ? new Step(
                        model.greeted(),
                        List.of(new Effect.Wait(model.generation(), FirstReport.GREETED, Timer.REPORT_DUE)))
                : keep(model);
    }

    private static Step active(SessionModel model, Instant now) {
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
    private static Step limitOver(SessionModel model, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant at, Activity.Limited limited))
                || limited.over().isEmpty()) {
            return keep(model);
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
    private static Step retry(SessionModel model, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant at, Activity.Limited limited))) {
            return keep(model);
        }
        Evidence evidence =
                new Evidence("told to try again despite its " + limited.limit().words(), now);
        return new Step(
                model.with(new Running(pid, at, new Activity.Idle(evidence)), now),
                List.of(new Effect.GoOn(model.generation())));
    }

    private static Step unheard(SessionModel model, SessionModel heard, SessionEvent.AgentReported reported) {
        if (reported.hook()) {
            return keep(heard);
        }
        return new Step(model, List.of(new Effect.Wait(model.generation(), Activities.recheck(), Timer.RECHECK)));
    }

    private Step timeUp(SessionModel model, Timer timer, Instant now) {
        return switch (timer) {
            case RESTART -> model.state() instanceof Backoff ? launch(model, false, now) : keep(model);
            case REPORT_DUE ->
                model.state() instanceof Starting
                        ? new Step(model, List.of(new Effect.Look(model.generation(), timer)))
                        : keep(model);
            case SILENCE ->
                model.state() instanceof Starting || model.state() instanceof Running
                        ? new Step(model, List.of(new Effect.Look(model.generation(), timer)))
                        : keep(model);
            case QUIT ->
                model.state() instanceof Stopping
                        ? new Step(
                                model,
                                List.of(
                                        new Effect.Send(model.generation(), Signal.TERMINATE),
                                        new Effect.Send(model.generation(), Signal.CONTINUE),
                                        new Effect.Wait(model.generation(), TERMINATE_TIME, Timer.TERMINATE)))
                        : keep(model);
            case TERMINATE ->
                model.state() instanceof Stopping
                        ? new Step(
                                model,
                                List.of(
                                        new Effect.Send(model.generation(), Signal.KILL),
                                        new Effect.Sweep(),
                                        new Effect.Wait(model.generation(), KILL_TIME, Timer.KILL)))
                        : keep(model);
            case KILL ->
                model.state() instanceof Stopping stopping
                        ? new Step(model, List.of(new Effect.Tell(new Effect.Notice.Survived(stopping.pid()))))
                        : keep(model);
            case LIMIT_OVER -> limitOver(model, now);
            case RECHECK -> keep(model);
        };
    }

    private Step lookedAt(SessionModel model, SessionEvent.LookedAt looked, Instant now) {
        return looked.cause() == Timer.SILENCE ? listened(model, looked.quiet(), now) : unreported(model, looked, now);
    }

    private static Step unreported(SessionModel model, SessionEvent.LookedAt looked, Instant now) {
        if (!(model.state() instanceof Starting(long pid, Instant at)) || pid == 0) {
            return keep(model);
        }
        if (model.reported()) {
            if (looked.quiet().compareTo(FirstReport.GREETED) < 0) {
                Duration left = FirstReport.GREETED.minus(looked.quiet());
                return new Step(model, List.of(new Effect.Wait(model.generation(), left, Timer.REPORT_DUE)));
            }
            Activity idle = new Activity.Idle(new Evidence("hook SessionStart, and nothing since,", now));
            return withRecovery(model, model.with(new Running(pid, at, idle), now));
        }
        if (!FirstReport.isMissed(Duration.between(at, now), looked.quiet(), looked.screen())) {
            return new Step(model, List.of(new Effect.Wait(model.generation(), FirstReport.STILL, Timer.REPORT_DUE)));
        }
        Activity unknown = new Activity.Unknown(FirstReport.evidence(looked.screen(), now));
        return new Step(
                model.with(new Running(pid, at, unknown), now),
                List.of(new Effect.Tell(new Effect.Notice.NotReported(looked.screen()))));
    }

    private Step listened(SessionModel model, Duration quiet, Instant now) {
        if (!(model.state() instanceof Running(long pid, Instant startedAt, Activity before))) {
            return model.state() instanceof Starting
                    ? new Step(model, List.of(new Effect.Wait(model.generation(), silence.limit(), Timer.SILENCE)))
                    : keep(model);
        }
        Activity activity = silence.after(before, quiet, now).orElse(before);
        Effect again = new Effect.Wait(model.generation(), silence.next(activity, quiet, now), Timer.SILENCE);
        SessionModel next = model.with(new Running(pid, startedAt, activity), now);
        return activity instanceof Activity.Stuck(Instant since, Evidence _) && !activity.equals(before)
                ? new Step(next, List.of(new Effect.Tell(new Effect.Notice.Stuck(Duration.between(since, now))), again))
                : new Step(next, List.of(again));
    }

    private static String cause(int status, boolean outOfMemory) {
        if (outOfMemory) {
            return "ended by signal 9, as the kernel killed for want of memory";
        }
        return switch (status) {
            case ExitStatus.UNKNOWN -> "ended, how is unknown";
            case 129, 130, 131, 134, 136, 137, 139, 141, 143 -> "ended by signal " + (status - 128);
            default -> "exit status " + status;
        };
    }
}
