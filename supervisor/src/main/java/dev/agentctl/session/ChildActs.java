package dev.agentctl.session;

import dev.agentctl.agent.Keystrokes;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.pty.Signal;
import dev.agentctl.session.SessionEvent.Timer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the lifecycle wants done with a session's child. Only its session's mailbox calls it.
final class ChildActs {
    /// No timer of a process that runs is so late.
    private static final Duration STOOD_STILL = Duration.ofSeconds(2);

    /// A host that hangs keeps nobody from hearing of a crash.
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(1);

    private static final Duration CATCHING_UP = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ChildActs.class);

    private final Interior session;
    private final Launcher launcher;
    private final SessionScreen screen;
    private final PatternWatch patterns;
    private final Typist typist;
    private long reports;
    private long silences;

    /// Whether the child was started in a conversation that there was.
    private boolean resumed;

    /// Begun for what is wanted next.
    private @Nullable CompletableFuture<@Nullable Void> sweeping;

    /// Whether the host is starting a child.
    private boolean spawning;

    /// What is told when it has.
    private final ArrayDeque<Effect.Notice> held = new ArrayDeque<>();

    /// What is to be said of a turn that was cut short, once a child is there again.
    private Optional<Effect.Notice> untold = Optional.empty();

    ChildActs(Interior session, SessionScreen screen, PatternWatch patterns, Typist typist) {
        this.session = session;
        this.launcher = new Launcher(session.around(), session.agent());
        this.screen = screen;
        this.patterns = patterns;
        this.typist = typist;
    }

    /// The agent has reported something.
    void reported() {
        reports++;
    }

    /// These are wanted next. Where what a child left is to be ended for them, that begins at once.
    void prepare(List<Effect> effects) {
        boolean sweeps =
                effects.stream().anyMatch(effect -> effect instanceof Effect.Launch || effect instanceof Effect.Sweep);
        sweeping = sweeps ? launcher.beginToSweep(session.name()) : null;
    }

    void perform(Effect effect) {
        switch (effect) {
            case Effect.Launch(long generation, boolean fresh, Optional<String> crash) ->
                launch(generation, fresh, crash);
            case Effect.Quit(long generation, boolean idle) -> quit(generation, idle);
            case Effect.Send(long generation, Signal signal) -> signal(generation, signal);
            case Effect.Sweep() -> sweep();
            case Effect.GoOn(long generation) -> goOn(generation);
            case Effect.Look(long generation, Timer cause) -> look(generation, cause);
            case Effect.Wait wait -> await(wait);
            case Effect.Tell(Effect.Notice.Recovered(boolean told)) ->
                tell(new Effect.Notice.Recovered(told && resumed));
            case Effect.Tell(Effect.Notice notice) -> tell(notice);
        }
    }

    /// A word to the operators takes a commit and, the first time, many milliseconds: the next child comes first.
    private void tell(Effect.Notice notice) {
        if (spawning) {
            held.add(notice);
            session.mailbox().postAfter(HELD_AT_MOST, this::tellHeld);
        } else {
            session.around().listener().noticed(session.name(), notice);
        }
    }

    private void tellHeld() {
        while (!held.isEmpty()) {
            Effect.Notice notice = held.remove();
            session.mailbox().regardless(() -> session.around().listener().noticed(session.name(), notice));
        }
    }

    /// What cannot be queued now, as on a full disk, is queued when it can, unless the agent has gone on meanwhile.
    private void goOn(long generation) {
        session.mailbox()
                .untilKept(
                        () -> {
                            launcher.goOn(session.name());
                            session.mailbox().post(() -> typist.pump(session.name()));
                        },
                        () -> isIdle(generation));
    }

    private boolean isIdle(long generation) {
        SessionModel model = session.view().model();
        return model.generation() == generation
                && model.state() instanceof SessionState.Running running
                && running.activity() instanceof Activity.Idle;
    }

    private void look(long generation, Timer cause) {
        String shown = screen.look().text();
        session.happen(new SessionEvent.LookedAt(
                generation, cause, screen.quiet(), shown, session.agent().showsComposer(() -> shown)));
    }

    private void await(Effect.Wait wait) {
        if (wait.timer() == Timer.SILENCE) {
            listen(wait.generation(), ++silences, wait.time());
        } else {
            session.mailbox()
                    .postAfter(
                            wait.time(),
                            () -> session.happen(new SessionEvent.TimeUp(wait.generation(), wait.timer())));
        }
    }

    /// @param number only the newest counts, for each goes on with the next
    private void listen(long generation, long number, Duration time) {
        long due = System.nanoTime() + time.toNanos();
        session.mailbox().postAfter(time, () -> {
            if (number != silences) {
                return;
            }
            if (System.nanoTime() - due > STOOD_STILL.toNanos()) {
                // what was printed while this process stood still is yet to be read
                listen(generation, number, CATCHING_UP);
            } else {
                session.happen(new SessionEvent.TimeUp(generation, Timer.SILENCE));
            }
        });
    }

    /// Ends everything that the session started and that has left its process group.
    void sweep() {
        try {
            sweepBegun().join();
        } catch (CompletionException e) {
            LOG.warn("session {}: what it left is not ended before its next start: {}", session.name(), words(e));
        }
    }

    private static @Nullable String words(CompletionException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private CompletableFuture<@Nullable Void> sweepBegun() {
        CompletableFuture<@Nullable Void> begun = sweeping;
        sweeping = null;
        return begun == null ? launcher.beginToSweep(session.name()) : begun;
    }

    private void launch(long generation, boolean fresh, Optional<String> crash) {
        switch (prepare(fresh, crash)) {
            case Launcher.Refused(String reason, boolean permanent) ->
                session.happen(new SessionEvent.SpawnRefused(generation, reason, permanent, fresh));
            case Launcher.Ready(HostRequest.Spawn spawn, Memory _, boolean goesOn, Optional<Effect.Notice> news) -> {
                screen.begin(0, 0, () -> {});
                resumed = goesOn;
                if (news.isPresent()) {
                    untold = news;
                }
                spawn(generation, spawn);
            }
        }
    }

    private void spawn(long generation, HostRequest.Spawn spawn) {
        spawning = true;
        var _ = session.around().host().send(spawn).whenComplete((reply, _) -> {
            session.mailbox().post(() -> {
                spawning = false;
                tellHeld();
                session.happen(spawned(generation, reply));
                if (reply instanceof HostReply.Spawned) {
                    launcher.began();
                    tellNews();
                }
            });
            // what it drew before it counted as running is looked at again
            session.mailbox().post(patterns::drawn);
        });
    }

    private void tellNews() {
        Optional<Effect.Notice> news = untold;
        untold = Optional.empty();
        news.ifPresent(notice -> session.around().listener().noticed(session.name(), notice));
    }

    /// Remembers what is to be remembered before the start. Nothing of the former child is left when this returns.
    private Launcher.Prepared prepare(boolean fresh, Optional<String> crash) {
        // all processes are looked at while the disk writes
        CompletableFuture<@Nullable Void> swept = sweepBegun();
        try {
            Launcher.Prepared prepared =
                    launcher.prepare(session.view(), fresh, crash, screen.columns(), screen.rows(), swept);
            if (prepared instanceof Launcher.Ready ready) {
                session.record().keep(ready.memory());
            }
            swept.join();
            return prepared;
        } catch (NotKeptException | UncheckedIOException e) {
            return unprepared(e, false);
        } catch (CompletionException e) {
            return unswept(e);
        } catch (RuntimeException e) {
            LOG.error("session {} cannot be started", session.name(), e);
            return unprepared(e, true);
        } finally {
            var _ = swept.handle((_, _) -> true).join();
        }
    }

    /// What a former child left may be there, so another is not started beside it.
    private Launcher.Refused unswept(CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException unseen) {
            return unprepared(unseen, false);
        }
        LOG.error("session {} cannot be started", session.name(), e);
        return unprepared(e, true);
    }

    private static Launcher.Refused unprepared(RuntimeException e, boolean permanent) {
        return new Launcher.Refused("its start could not be made ready: " + e.getMessage(), permanent);
    }

    private static SessionEvent spawned(long generation, @Nullable HostReply reply) {
        return switch (reply) {
            case HostReply.Spawned(long pid) -> new SessionEvent.Spawned(generation, pid);
            case HostReply.Refused(String reason, boolean permanent) ->
                new SessionEvent.SpawnRefused(generation, reason, permanent);
            case null, default -> new SessionEvent.HostAway(generation);
        };
    }

    /// The agent's own way where it is idle and would take it; else, and for a plain program, the signal. An Enter
    /// into a dialog would answer it.
    private void quit(long generation, boolean idle) {
        Keystrokes keys = session.agent().quit();
        if (!idle || keys.text().length == 0 || typist.isTyping()) {
            terminate(generation);
            return;
        }
        long before = reports;
        var _ = session.around()
                .host()
                .send(new HostRequest.Input(session.name(), generation, keys.text()))
                .thenAccept(_ -> session.mailbox().postAfter(keys.pause(), () -> {
                    if (reports == before) {
                        var _ = session.around()
                                .host()
                                .send(new HostRequest.Input(session.name(), generation, keys.submit()));
                    } else {
                        terminate(generation);
                    }
                }));
    }

    private void terminate(long generation) {
        signal(generation, Signal.TERMINATE);
        signal(generation, Signal.CONTINUE);
    }

    private void signal(long generation, Signal signal) {
        var _ = session.around().host().send(new HostRequest.SendSignal(session.name(), generation, signal.name()));
    }
}
