package dev.agentctl.session;

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
/// starting ──it cannot be started now──► backoff
/// backoff ──its time is up──► starting
/// ```
///
/// Stopping goes on from the agent's own quit to SIGTERM with SIGCONT, to SIGKILL, each with its time.
///
/// @param mode when a child that ended by itself is started again
/// @param stopTimeout for the agent's own quit
/// @param reports whether the agent tells its state
/// @param conduct what becomes of a child that runs
record Lifecycle(RestartMode mode, Duration stopTimeout, boolean reports, Conduct conduct) {
    static final Duration TERMINATE_TIME = Duration.ofSeconds(10);
    private static final Duration KILL_TIME = Duration.ofSeconds(5);
    private static final int MOST_FAILED_RESUMES = 2;
    private static final String HOST_ENDED = "the host process ended";
    private static final Duration HOST_RETRY = Duration.ofMillis(200);

    /// The next model, and what is to be done in this order.
    record Step(SessionModel model, List<Effect> effects) {
        static Step keep(SessionModel model) {
            return new Step(model, List.of());
        }

        /// Runs again; that it had crashed or could not be started before is over, and told.
        static Step recovered(SessionModel before, SessionModel next) {
            return before.crash().isPresent() || before.failures().refusals() > 0
                    ? new Step(next.recovered(), List.of(new Effect.Tell(new Effect.Notice.Recovered(next.reported()))))
                    : new Step(next, List.of());
        }

        /// Whether the next child follows at once upon one that crashed.
        boolean startsAfterCrash() {
            return model.crash().isPresent() && effects.stream().anyMatch(effect -> effect instanceof Effect.Launch);
        }
    }

    /// @param random in [0, 1)
    Step step(SessionModel model, SessionEvent event, Instant now, double random) {
        return switch (event) {
            case SessionEvent.StartAsked(boolean fresh) -> start(model.forgiven(), fresh, now);
            case SessionEvent.StopAsked() -> stop(model.wanting(Desired.DOWN), false, now);
            case SessionEvent.RestartAsked() -> restart(model.forgiven(), now);
            case SessionEvent.RetryAsked() -> conduct.retry(model, now);
            case SessionEvent.Spawned(long generation, long pid) ->
                generation == model.generation() ? watched(spawned(model, pid, now)) : Step.keep(model);
            case SessionEvent.SpawnRefused refused ->
                refused.generation() == model.generation() ? refused(model, refused, now, random) : Step.keep(model);
            case SessionEvent.HostAway(long generation) ->
                generation == model.generation() ? hostAway(model, now) : Step.keep(model);
            case SessionEvent.ChildEnded(long generation, int status, boolean outOfMemory) ->
                generation == model.generation()
                        ? ended(model, status, cause(status, outOfMemory), now, random)
                        : Step.keep(model);
            case SessionEvent.HostLost() -> hostLost(model, now);
            case SessionEvent.Adopted adopted -> watched(adopted(model, adopted, now));
            case SessionEvent.AgentReported reported ->
                reported.generation() == model.generation() ? conduct.reported(model, reported, now) : Step.keep(model);
            case SessionEvent.LookedAt looked ->
                looked.generation() == model.generation() ? conduct.lookedAt(model, looked, now) : Step.keep(model);
            case SessionEvent.TimeUp(long generation, Timer timer) ->
                generation == model.generation() ? timeUp(model, timer, now) : Step.keep(model);
        };
    }

    /// From a child's start to its end one timer after the other goes off, at the latest when it could be stuck.
    private Step watched(Step step) {
        if (!(step.model().state() instanceof Starting || step.model().state() instanceof Running)) {
            return step;
        }
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.add(new Effect.Wait(step.model().generation(), conduct.silence().limit(), Timer.SILENCE));
        return new Step(step.model(), effects);
    }

    private static Step launch(SessionModel model, boolean fresh, Instant now) {
        SessionModel next = model.nextGeneration(now);
        return new Step(next, List.of(new Effect.Launch(next.generation(), fresh, model.crash())));
    }

    private static Step start(SessionModel model, boolean fresh, Instant now) {
        return switch (model.state()) {
            case Stopped _, Exited _, Failed _ -> launch(model, fresh, now);
            case Backoff backoff -> launch(model, fresh || backoff.fresh(), now);
            case Starting _, Running _ -> Step.keep(model);
            case Stopping stopping ->
                Step.keep(model.with(new Stopping(stopping.pid(), true, fresh || stopping.fresh()), now));
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
            case Stopped _ -> Step.keep(model);
            case Exited _, Failed _, Backoff _ -> ended(model, now);
            case Stopping _ -> Step.keep(model.with(new Stopping(pid, thenStart), now));
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

    private static Step ended(SessionModel model, Stopping stopping, Instant now) {
        return stopping.thenStart() ? launch(model, stopping.fresh(), now) : ended(model, now);
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
                        model.with(new Stopping(pid, stopping.thenStart(), stopping.fresh()), now),
                        List.of(new Effect.Quit(model.generation(), false)));
            case Starting starting -> started(model, pid, starting.at(), now);
            // its first report overtook the host's answer
            case Running running ->
                Step.keep(model.with(new Running(pid, running.startedAt(), running.activity()), now));
            case Stopped _, Backoff _, Exited _, Failed _ -> Step.keep(model);
        };
    }

    private Step started(SessionModel model, long pid, Instant at, Instant now) {
        if (reports) {
            return new Step(
                    model.with(new Starting(pid, at), now),
                    List.of(new Effect.Wait(model.generation(), FirstReport.DUE, Timer.REPORT_DUE)));
        }
        Activity unknown = new Activity.Unknown(new Evidence("process " + pid + " runs", now));
        return Step.recovered(model, model.with(new Running(pid, at, unknown), now));
    }

    private Step refused(SessionModel model, SessionEvent.SpawnRefused refused, Instant now, double random) {
        if (model.state() instanceof Stopping) {
            return ended(model, 1, cause(1, false), now, random);
        }
        if (refused.permanent()) {
            return giveUp(model, refused.reason(), now);
        }
        return model.state() instanceof Starting
                ? delayed(model.afterRefusal(), refused, now, random)
                : Step.keep(model);
    }

    /// Told once. It is no crash, so it counts for none: a disk may be full for hours.
    private static Step delayed(SessionModel model, SessionEvent.SpawnRefused refused, Instant now, double random) {
        int refusals = model.failures().refusals();
        Duration delay = RestartPolicy.afterRefusal(refusals, random);
        List<Effect> effects = new ArrayList<>();
        if (refusals == 1) {
            effects.add(new Effect.Tell(new Effect.Notice.Delayed(refused.reason())));
        }
        effects.add(new Effect.Wait(model.generation(), delay, Timer.RESTART));
        return new Step(model.with(new Backoff(now.plus(delay), 0, refused.reason(), refused.fresh()), now), effects);
    }

    private Step ended(SessionModel model, int status, String cause, Instant now, double random) {
        return switch (model.state()) {
            case Stopping stopping -> ended(model, stopping, now);
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
            case Stopped _, Backoff _, Exited _, Failed _ -> Step.keep(model);
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
            case Stopping stopping -> ended(model, stopping, now);
            case Stopped _, Backoff _, Exited _, Failed _ -> Step.keep(model);
        };
    }

    /// Tried again without a word: the host is told of elsewhere, and it is no crash of this session.
    private static Step hostAway(SessionModel model, Instant now) {
        return switch (model.state()) {
            case Starting _ -> {
                Backoff backoff = new Backoff(now.plus(HOST_RETRY), 0, "the host is away");
                yield new Step(
                        model.with(backoff, now),
                        List.of(new Effect.Wait(model.generation(), HOST_RETRY, Timer.RESTART)));
            }
            case Stopping stopping -> ended(model, stopping, now);
            case Running _, Stopped _, Backoff _, Exited _, Failed _ -> Step.keep(model);
        };
    }

    private Step adopted(SessionModel model, SessionEvent.Adopted event, Instant now) {
        long pid = event.pid();
        if (model.desired() == Desired.DOWN && event.generation() == model.generation()) {
            // the supervisor that was to stop it ended before it had
            return quit(model, pid, false, false, now);
        }
        boolean unheard = reports && event.limited().isEmpty() && event.heard() != Heard.MORE;
        Activity unknown = new Activity.Unknown(new Evidence("process " + pid + " was running already", now));
        SessionModel adopted = new SessionModel(
                Desired.UP,
                unheard
                        ? new Starting(pid, now)
                        : new Running(
                                pid,
                                now,
                                event.limited().map(Activity.class::cast).orElse(unknown)),
                now,
                event.generation(),
                model.restarts(),
                model.failures(),
                Optional.empty(),
                0,
                event.heard() != Heard.NOTHING,
                Instant.MIN);
        return unheard ? hearing(adopted, event.heard()) : conduct.active(adopted, now);
    }

    /// It may wait for a prompt, and then nothing more comes of itself.
    private static Step hearing(SessionModel adopted, Heard heard) {
        Duration time = heard == Heard.GREETING ? FirstReport.GREETED : FirstReport.DUE;
        return new Step(adopted, List.of(new Effect.Wait(adopted.generation(), time, Timer.REPORT_DUE)));
    }

    private Step timeUp(SessionModel model, Timer timer, Instant now) {
        return switch (timer) {
            case RESTART ->
                model.state() instanceof Backoff backoff ? launch(model, backoff.fresh(), now) : Step.keep(model);
            case REPORT_DUE ->
                Conduct.isUnheard(model)
                        ? new Step(model, List.of(new Effect.Look(model.generation(), timer)))
                        : Step.keep(model);
            case SILENCE ->
                model.state() instanceof Starting || model.state() instanceof Running
                        ? new Step(model, List.of(new Effect.Look(model.generation(), timer)))
                        : Step.keep(model);
            case QUIT ->
                model.state() instanceof Stopping
                        ? new Step(
                                model,
                                List.of(
                                        new Effect.Send(model.generation(), Signal.TERMINATE),
                                        new Effect.Send(model.generation(), Signal.CONTINUE),
                                        new Effect.Wait(model.generation(), TERMINATE_TIME, Timer.TERMINATE)))
                        : Step.keep(model);
            case TERMINATE ->
                model.state() instanceof Stopping
                        ? new Step(
                                model,
                                List.of(
                                        new Effect.Send(model.generation(), Signal.KILL),
                                        new Effect.Sweep(),
                                        new Effect.Wait(model.generation(), KILL_TIME, Timer.KILL)))
                        : Step.keep(model);
            case KILL ->
                model.state() instanceof Stopping stopping
                        ? new Step(model, List.of(new Effect.Tell(new Effect.Notice.Survived(stopping.pid()))))
                        : Step.keep(model);
            case LIMIT_OVER -> conduct.limitOver(model, now);
            case RECHECK -> Step.keep(model);
        };
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
