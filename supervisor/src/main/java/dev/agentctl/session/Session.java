package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.agent.HookEvents;
import dev.agentctl.agent.LimitEnd;
import dev.agentctl.agent.TokenCount;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.terminal.KeyboardModes;
import dev.agentctl.terminal.Screen;
import dev.agentctl.tools.HookCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A project's running life: takes events one at a time, lets [Lifecycle] decide, and does what it decides.
///
/// Any thread may call; what changes the session happens on its own mailbox.
public final class Session implements AutoCloseable {
    private final Surroundings around;
    private final Mailbox mailbox;
    private final SessionScreen screen;
    private final PatternWatch patterns;
    private final Typist typist;
    private final ChildActs acts;
    private final Agent agent;
    private final SessionDialogs dialogs;
    private final MemoryKills memoryKills = new MemoryKills(); // the mailbox's
    private final TokenMeter tokens = new TokenMeter();
    private final SessionRecord record;
    private AgentEvent.@Nullable StatusPrinted lastPrinted; // the mailbox's, as printedAt
    private Instant printedAt = Instant.MIN;
    /// Whether old reports are read: a state that has long passed is no time to type. The mailbox's.
    private boolean replaying;

    private volatile PersonAtTerminal person = PersonAtTerminal.NOBODY;
    private volatile ChildExit lastExit = ChildExit.NONE;

    Session(Project project, Memory memory, Surroundings around) {
        this.around = around;
        this.agent = Agent.of(project.agent());
        this.mailbox = new Mailbox(project.name(), around.timers());
        SessionModel model = SessionModel.remembered(memory, around.clock().instant());
        this.record = new SessionRecord(around.memory(), new SessionView(project, model, memory));
        Interior interior = new Interior(around, agent, mailbox, record, this::happen);
        this.screen = new SessionScreen(
                project.name(), around.host(), around.folder().session(project.name()), this::printed, this::drawn);
        this.patterns = new PatternWatch(mailbox, () -> view().project().habits(), screen::shown, this::seen);
        TypingSituation situation = new TypingSituation(interior, patterns, screen, () -> person);
        this.typist = new Typist(agent, around.host(), around.queue(), this::advanced, mailbox, situation);
        this.dialogs = new SessionDialogs(agent, around.dialogs(), mailbox, new DialogOwner());
        this.acts = new ChildActs(interior, screen, patterns, typist);
    }

    /// The session as it was last seen.
    public SessionView view() {
        return record.view();
    }

    public String name() {
        return view().name();
    }

    /// Completes when the session is seen as wanted; at once if it is so already.
    public CompletableFuture<SessionView> when(Predicate<SessionView> wanted) {
        CompletableFuture<SessionView> seen = record.when(wanted);
        // as a task, so that everything posted before has happened
        mailbox.post(record::published);
        return seen;
    }

    void post(SessionEvent event) {
        mailbox.post(() -> happen(event));
    }

    /// Follows a changed configuration; what the running child was started with stays until its next start.
    void reconfigure(Project project) {
        mailbox.post(() -> {
            record.follow(project);
            patterns.reconfigured();
        });
    }

    /// Takes up what the host has: the child that runs, or the end of it that was missed.
    void adopt(HostedSession hosted) {
        screen.begin(hosted.end());
        mailbox.post(() -> takeUp(hosted));
    }

    /// The host has nothing of this session.
    void absent() {
        mailbox.post(this::withoutChild);
    }

    private void takeUp(HostedSession hosted) {
        SessionModel model = view().model();
        boolean ours = hosted.generation() == model.generation() && hosted.generation() > 0;
        boolean unheard = model.desired() == Desired.UP
                && view().memory().verdict().isEmpty()
                && !(model.state() instanceof SessionState.Backoff);
        // before the first look at the queue, for what a former supervisor was typing comes first
        typist.takeOver(name());
        if (hosted.alive()) {
            happen(new SessionEvent.Adopted(hosted.generation(), hosted.pid()));
            readSpool(hosted.generation());
            typist.pump(name());
            drawn();
        } else if (ours && (unheard || model.state().childPid() != 0)) {
            if (model.state().childPid() == 0) {
                happen(new SessionEvent.Adopted(hosted.generation(), hosted.pid()));
            }
            readSpool(hosted.generation());
            happen(new SessionEvent.ChildEnded(hosted.generation(), hosted.status()));
        } else {
            withoutChild();
        }
    }

    private void withoutChild() {
        typist.takeOver(name());
        if (view().state().childPid() == 0) {
            readSpool(view().model().generation());
            typist.childEnded();
            if (!(view().state() instanceof SessionState.Starting)) {
                acts.sweep();
            }
        } else {
            happen(new SessionEvent.HostLost());
        }
    }

    /// Starts it together with the supervisor, unless it runs, or a person or it itself has ended it.
    void autostart() {
        mailbox.post(() -> {
            Memory memory = view().memory();
            boolean never = memory.generation() == 0;
            boolean wasUp = memory.desired() == Desired.UP && memory.verdict().isEmpty();
            boolean always = view().project().restart() == RestartMode.ALWAYS;
            boolean resting = view().state() instanceof SessionState.Stopped
                    || view().state() instanceof SessionState.Exited
                    || view().state() instanceof SessionState.Failed;
            if (resting && (wasUp || (view().project().autostart() && (never || always)))) {
                happen(new SessionEvent.StartAsked(false));
            }
        });
    }

    void suspend() {
        mailbox.post(() -> {
            Desired wanted = view().model().desired();
            happen(new SessionEvent.StopAsked());
            record.wish(wanted);
        });
    }

    /// A person presses keys in its terminal: queued messages wait until they have done.
    void personTyped(boolean draft) {
        Instant now = around.clock().instant();
        PersonAtTerminal seen = PersonAtTerminal.seen(draft, now);
        person = seen;
        mailbox.postAfter(Duration.between(now, seen.until()), () -> {
            if (person.equals(seen)) {
                typist.pump(name());
            }
        });
    }

    /// What the state was derived from, and who else holds messages up; for a person.
    public String evidence() {
        String people = person.evidence(around.clock().instant());
        String seen = view().evidence();
        return people.isEmpty() || view().state().childPid() == 0
                ? seen
                : seen.isEmpty() ? people : seen + "; " + people;
    }

    /// A message has been put into the queue, or taken out of it.
    void queueChanged() {
        mailbox.post(() -> {
            typist.pump(name());
            record.published();
        });
    }

    /// Those who wait for a message to come further look again.
    private void advanced(Message message, Message.Stage stage, Optional<String> evidence) {
        around.listener().advanced(message, stage, evidence);
        record.published();
    }

    /// Takes a hook's payload; completes when what it says is durable, and for a dialog when it is decided.
    CompletableFuture<String> hook(long generation, HookCall call) {
        CompletableFuture<String> done = new CompletableFuture<>();
        mailbox.post(() -> {
            try {
                Optional<Dialog> dialog =
                        generation == view().model().generation() ? DialogReader.read(call.json()) : Optional.empty();
                dialog.ifPresent(asked -> dialogs.ask(generation, call, asked, done));
                hooked(generation, call.json());
                if (dialog.isEmpty()) {
                    done.complete("{}");
                }
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        return done;
    }

    private void hooked(long generation, String payload) {
        for (AgentEvent event : HookEvents.read(payload)) {
            remember(event, payload);
            dialogs.hooked(event);
            happen(new SessionEvent.AgentReported(generation, dialogs.over(event), true));
        }
    }

    private void remember(AgentEvent event, String payload) {
        Memory memory = view().memory();
        switch (event) {
            case AgentEvent.ConversationBegan(String id, Optional<Path> transcript) -> {
                boolean same = memory.conversation().equals(Optional.of(id));
                record.keep(memory.inConversation(
                        Optional.of(id), transcript.map(Path::toString), same && memory.prompted()));
            }
            case AgentEvent.PromptAccepted(String prompt) -> {
                record.keep(memory.prompted(memory.transcript()
                        .map(Path::of)
                        .filter(Files::notExists)
                        .isEmpty()));
                typist.accepted(prompt);
                around.listener().turnBegan(name());
            }
            case AgentEvent.ToolBegan(String tool) -> {
                record.keep(memory.inTurn(true, Optional.of(tool)));
                around.listener().toolBegan(name(), tool);
            }
            case AgentEvent.ToolEnded _ -> record.keep(memory.inTurn(true, Optional.empty()));
            case AgentEvent.TurnEnded(String answer, int _) -> {
                around.listener().turnEnded(name(), Token.hash(payload), answer);
                record.keep(memory.turnEnded());
            }
            case AgentEvent.TurnFailed failed -> {
                tellFailure(failed, Token.hash(payload));
                record.keep(memory.turnEnded());
            }
            case AgentEvent.Interrupted _ -> record.keep(memory.turnEnded());
            case AgentEvent.ApprovalAsked _,
                    AgentEvent.QuestionAsked _,
                    AgentEvent.DialogDecided _,
                    AgentEvent.ScreenSeen _,
                    AgentEvent.StatusPrinted _,
                    AgentEvent.Closing _ -> {}
        }
    }

    private void tellFailure(AgentEvent.TurnFailed failed, String key) {
        SessionListener listener = around.listener();
        failed.limit()
                .ifPresentOrElse(
                        limit -> listener.limited(
                                name(),
                                key,
                                failed.reason(),
                                limit,
                                LimitEnd.read(failed.reason(), around.clock().instant())),
                        () -> listener.turnFailed(name(), key, failed.reason()));
    }

    private void readSpool(long generation) {
        HookSpool spool = new HookSpool(around.folder().run(name()).resolve("hooks"));
        replaying = true;
        try {
            spool.drain(payload -> hooked(generation, payload));
        } finally {
            replaying = false;
        }
    }

    private void printed(long generation, AgentEvent.StatusPrinted status) {
        mailbox.post(() -> {
            printedAt = around.clock().instant();
            dialogs.printed(status);
            boolean refused = status.state().equals("error") || status.kind().equals("auth");
            if (refused && view().memory().turnOpen()) {
                // a hook may tell more, and nothing is typed before it is known whether the next turn would fail as
                // well
                Instant at = printedAt;
                mailbox.postAfter(Activities.recheck(), () -> refusedWithoutHook(generation, status, at));
            } else {
                lastPrinted = status;
                happen(new SessionEvent.AgentReported(generation, status, false));
            }
        });
    }

    private void drawn() {
        patterns.drawn();
    }

    /// Returns false for what no running child shows.
    private boolean seen(PatternWatch.Report report) {
        // the screen does not know whose it is where the log was read from a checkpoint
        long generation = report.generation() == 0 ? view().model().generation() : report.generation();
        boolean counts =
                view().state().childPid() != 0 && generation == view().model().generation();
        if (counts) {
            happen(new SessionEvent.AgentReported(generation, report.seen(), false));
        }
        return counts;
    }

    /// Codex has no hook for a turn that ends in an error of the model's side; Claude Code has, and it comes first.
    private void refusedWithoutHook(long generation, AgentEvent.StatusPrinted status, Instant at) {
        if (!view().memory().turnOpen() || !view().model().lastHook().isBefore(at)) {
            return;
        }
        if (status.state().equals("error")) {
            AgentEvent.TurnFailed failed = failure(status);
            tellFailure(failed, Token.hash(generation + " " + at));
            record.keep(view().memory().inTurn(false, Optional.empty()));
            happen(new SessionEvent.AgentReported(generation, failed, false));
        } else {
            happen(new SessionEvent.AgentReported(generation, status, false));
        }
    }

    private AgentEvent.TurnFailed failure(AgentEvent.StatusPrinted status) {
        String reason = status.message().isEmpty() ? "the agent shows an error; see its screen" : status.message();
        return view().memory()
                .transcript()
                .flatMap(file -> agent.failure(Transcript.tail(Path.of(file))))
                .orElse(new AgentEvent.TurnFailed(reason, Optional.empty(), "OSC 7501 error"));
    }

    /// A kill by the kernel is told from another.
    private SessionEvent explained(SessionEvent event) {
        return event instanceof SessionEvent.ChildEnded(long generation, int status, boolean _)
                        && generation == view().model().generation()
                ? new SessionEvent.ChildEnded(generation, status, memoryKills.explain(status))
                : event;
    }

    private void happen(SessionEvent told) {
        SessionEvent event = explained(told);
        boolean ends = event instanceof SessionEvent.HostLost
                || (event instanceof SessionEvent.ChildEnded ended
                        && ended.generation() == view().model().generation());
        if (ends) {
            // what its hooks could not deliver belongs to the child that has ended, not to its successor
            mailbox.regardless(() -> readSpool(view().model().generation()));
        }
        if (event instanceof SessionEvent.ChildEnded(long generation, int status, boolean _)
                && generation >= lastExit.generation()) {
            lastExit = new ChildExit(generation, OptionalInt.of(status));
        } else if (event instanceof SessionEvent.HostLost && view().state().childPid() != 0) {
            lastExit = new ChildExit(view().model().generation(), OptionalInt.empty());
        }
        Instant now = around.clock().instant();
        SessionModel before = view().model();
        Step step =
                lifecycle().step(before, event, now, ThreadLocalRandom.current().nextDouble());
        if (!step.model().equals(before)) {
            record.step(step.model());
        }
        memoryKills.alive(view().state().childPid());
        if (event instanceof SessionEvent.AgentReported) {
            acts.reported();
        }
        if (ends) {
            person = PersonAtTerminal.NOBODY;
            mailbox.regardless(typist::childEnded);
            dialogs.childEnded();
        }
        mailbox.regardless(() -> tellIfWaiting(before.state(), view().state()));
        step.effects().forEach(effect -> mailbox.regardless(() -> acts.perform(effect)));
        if (event instanceof SessionEvent.TimeUp(long generation, Timer timer) && timer == Timer.RECHECK) {
            recheck(generation);
        }
        if (!replaying) {
            typist.pump(name());
        }
    }

    private void tellIfWaiting(SessionState before, SessionState now) {
        String waited = waitsFor(before);
        String waits = waitsFor(now);
        // a dialog whose hook waits has a card of its own
        if (!waits.isEmpty() && waited.isEmpty() && dialogs.isEmpty()) {
            around.listener().waiting(name(), waits);
        }
    }

    /// What a dialog in the terminal asks, empty where none is open.
    private static String waitsFor(SessionState state) {
        if (!(state instanceof SessionState.Running running)) {
            return "";
        }
        return switch (running.activity()) {
            case Activity.AwaitingApproval approval -> "approval: " + approval.what();
            // one that does not say what it asks has asked elsewhere: over its tools
            case Activity.AwaitingAnswer question -> question.what().isEmpty() ? "" : "an answer: " + question.what();
            case Activity.Idle _,
                    Activity.Working _,
                    Activity.Background _,
                    Activity.Limited _,
                    Activity.Stuck _,
                    Activity.Unknown _ -> "";
        };
    }

    /// What was printed within a moment of a hook counts after all, if no hook came since.
    private void recheck(long generation) {
        AgentEvent.StatusPrinted printed = lastPrinted;
        if (printed != null && view().model().lastHook().isBefore(printedAt)) {
            // the time may have been asked for by an earlier print: then this one is too fresh, and asks for its own
            Instant counts = view().model().lastHook().plus(Activities.recheck());
            lastPrinted = around.clock().instant().isBefore(counts) ? printed : null;
            happen(new SessionEvent.AgentReported(generation, printed, false));
        }
    }

    private Lifecycle lifecycle() {
        Project project = view().project();
        return new Lifecycle(
                project.restart(), project.stopTimeout(), agent.reports(), new Silence(project.stuckAfter()));
    }

    /// The screen as it is now.
    public Screen look() {
        return screen.look();
    }

    /// The last lines that were printed, oldest first: the screen and what scrolled off it.
    public List<String> lastLines(int count) {
        return screen.lastLines(count);
    }

    /// The bytes that draw the screen with so many lines of its history, and the place in the log they stand for.
    public Painting paint(int historyLines) {
        SessionScreen.Painted painted = screen.paint(historyLines);
        return new Painting(painted.offset(), painted.sequence(), painted.columns(), painted.rows(), painted.bytes());
    }

    /// A drawn screen.
    ///
    /// @param offset the log's offset after the last byte that it stands for
    /// @param sequence the next mark of the log
    public record Painting(long offset, long sequence, int columns, int rows, byte[] bytes) {}

    /// Completes with the line of the screen that shows the text, at once if one does.
    public CompletableFuture<String> whenShown(String text) {
        return screen.whenShown(text);
    }

    /// The tokens of its conversation. Reads the transcript on, for as long as that; what takes longer goes on, for the
    /// next to ask.
    public Optional<TokenCount> tokens(Duration patience) {
        return view().memory().transcript().flatMap(file -> tokens.count(Path.of(file), patience));
    }

    /// The last end of a child that was seen.
    public ChildExit lastExit() {
        return lastExit;
    }

    /// How the program wants its keys.
    public KeyboardModes keyboard() {
        return screen.keyboard();
    }

    /// Presses keys in the terminal, whatever the state.
    public CompletableFuture<HostReply> press(byte[] bytes) {
        return around.host().send(new HostRequest.Input(name(), 0, bytes));
    }

    /// Lets go of the session; its child runs on.
    @Override
    public void close() {
        mailbox.close();
        screen.close();
    }

    private final class DialogOwner implements SessionDialogs.Owner {
        @Override
        public SessionView view() {
            return record.view();
        }

        @Override
        public void reported(long generation, AgentEvent event) {
            happen(new SessionEvent.AgentReported(generation, event, true));
        }
    }
}
