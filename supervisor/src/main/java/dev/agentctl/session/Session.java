package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.Project;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.terminal.KeyboardModes;
import dev.agentctl.terminal.Screen;
import dev.agentctl.tools.HookCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A project's running life: takes events one at a time, lets [Lifecycle] decide, and does what it decides.
///
/// Any thread may call; what changes the session happens on its own mailbox.
public final class Session implements AutoCloseable {
    private static final long DRAWN_MILLIS = 10_000;

    private final Surroundings around;
    private final Agent agent;
    private final Mailbox mailbox;
    private final SessionRecord record;
    private final SessionScreen screen;
    private final PatternWatch patterns;
    private final SessionDialogs dialogs;
    private final PrintedReports prints;
    private final HookReports hooks;
    private final Typist typist;
    private final ChildActs acts;
    private final ChildExits exits = new ChildExits();
    private final Adoption adoption;
    private final TokenMeter tokens = new TokenMeter();
    private volatile PersonAtTerminal person = PersonAtTerminal.NOBODY;

    Session(Project project, Memory memory, Surroundings around) {
        this.around = around;
        this.agent = Agent.of(project.agent());
        this.mailbox = new Mailbox(project.name(), around.timers());
        SessionModel model = SessionModel.remembered(memory, around.clock().instant());
        this.record = new SessionRecord(around.memory(), new SessionView(project, model, memory));
        Interior interior = new Interior(around, agent, mailbox, record, this::happen);
        this.dialogs = new SessionDialogs(interior);
        this.prints = new PrintedReports(interior, dialogs);
        ShownConversation shown = new ShownConversation(interior);
        this.screen = new SessionScreen(
                project.name(),
                around.host(),
                around.folder().session(project.name()),
                new Announcements(agent, prints::printed, shown::titled),
                this::drawn);
        this.patterns = new PatternWatch(mailbox, () -> view().project().habits(), screen::shown, this::seen);
        TypingSituation situation = new TypingSituation(interior, patterns, screen, () -> person);
        this.typist = new Typist(agent, around.host(), around.queue(), this::advanced, mailbox, situation);
        this.hooks = new HookReports(interior, dialogs, prints, typist);
        this.acts = new ChildActs(interior, screen, patterns, typist);
        this.adoption = new Adoption(interior, typist, hooks, patterns, acts);
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
            // how long it may be silent has perhaps changed
            happen(new SessionEvent.TimeUp(view().model().generation(), Timer.SILENCE));
        });
    }

    /// Takes up what the host has: the child that runs, or the end of it that was missed.
    void adopt(HostedSession hosted) {
        screen.begin(hosted.generation(), hosted.end(), () -> mailbox.post(() -> adoption.takeUp(hosted)));
    }

    /// The host has nothing of this session.
    void absent() {
        mailbox.post(adoption::withoutChild);
    }

    /// Starts it together with the supervisor, unless it runs, or a person or it itself has ended it.
    void autostart() {
        mailbox.post(adoption::autostart);
    }

    /// Completes when what a person wants of it is kept.
    CompletableFuture<Boolean> suspend() {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        mailbox.post(() -> {
            Desired wanted = view().model().desired();
            happen(new SessionEvent.StopAsked());
            record.wish(wanted);
            kept.complete(true);
        });
        return kept;
    }

    /// Waits no longer for it to end by itself, where it was asked to.
    void hasten() {
        mailbox.post(() -> happen(new SessionEvent.TimeUp(view().model().generation(), Timer.TERMINATE)));
    }

    /// A person presses keys in its terminal: queued messages wait until they have done.
    void personTyped(boolean draft) {
        Instant now = around.clock().instant();
        PersonAtTerminal seen = PersonAtTerminal.seen(draft, now);
        person = seen;
        pumpAfter(seen, now);
    }

    /// Looks again where the clock was set back meanwhile.
    private void pumpAfter(PersonAtTerminal seen, Instant from) {
        mailbox.postAfter(Duration.between(from, seen.until()).plusMillis(1), () -> {
            Instant now = around.clock().instant();
            if (person.equals(seen) && seen.types(now)) {
                pumpAfter(seen, now);
            } else {
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
        mailbox.post(() -> hooks.take(generation, call, done));
        return done;
    }

    /// Whether a hook of the running child has kept what it could not deliver. Reads a folder, nothing else.
    boolean hasKeptHooks() {
        return agent.reports() && hooks.hasKept();
    }

    void readKeptHooks() {
        mailbox.post(hooks::readKept);
    }

    private void drawn() {
        patterns.drawn();
    }

    /// Returns false for what no running child shows.
    private boolean seen(PatternWatch.Report report) {
        long generation = report.generation();
        boolean counts =
                view().state().childPid() != 0 && generation == view().model().generation();
        if (counts) {
            happen(new SessionEvent.AgentReported(generation, report.seen(), false));
        }
        return counts;
    }

    private void happen(SessionEvent told) {
        happen(told, around.clock().instant());
    }

    private void happen(SessionEvent told, Instant at) {
        long generation = view().model().generation();
        SessionEvent event = exits.explained(told, generation);
        boolean ends = ChildExits.isEnd(event, generation);
        if (ends) {
            // what its hooks could not deliver belongs to the child that has ended, not to its successor
            mailbox.regardless(() -> hooks.readSpool(generation));
        }
        exits.happened(event, view());
        SessionModel before = view().model();
        Step step =
                lifecycle().step(before, event, at, ThreadLocalRandom.current().nextDouble());
        acts.prepare(step.effects());
        if (!step.model().equals(before)) {
            if (step.startsAfterCrash()) {
                record.stepToStart(step.model());
            } else {
                record.step(step.model());
            }
        }
        exits.alive(view().state().childPid());
        if (event instanceof SessionEvent.AgentReported) {
            acts.reported();
        }
        if (ends) {
            childEnded();
        }
        mailbox.regardless(() -> dialogs.tellIfWaiting(before.state(), view().state()));
        step.effects().forEach(effect -> mailbox.regardless(() -> acts.perform(effect)));
        goOn(event);
    }

    private void childEnded() {
        person = PersonAtTerminal.NOBODY;
        mailbox.regardless(typist::childEnded);
        dialogs.childEnded();
    }

    private void goOn(SessionEvent event) {
        if (event instanceof SessionEvent.TimeUp(long generation, Timer timer) && timer == Timer.RECHECK) {
            prints.recheck(generation);
        }
        if (!hooks.isReplaying()) {
            typist.pump(name());
        }
    }

    private Lifecycle lifecycle() {
        Project project = view().project();
        return new Lifecycle(
                project.restart(),
                project.stopTimeout(),
                agent.reports(),
                new Conduct(new Silence(project.stuckAfter(), agent.silenceOfDialogs())));
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

    /// Completes when what the host has of its output by now is on the screen, and after a moment in any case.
    public CompletableFuture<Long> whenDrawn() {
        return around.host()
                .send(new HostRequest.ListSessions())
                .thenCompose(reply -> screen.whenDrawn(end(reply)))
                .completeOnTimeout(0L, DRAWN_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> 0L);
    }

    private long end(HostReply reply) {
        return reply instanceof HostReply.Sessions(List<HostedSession> hosted)
                ? hosted.stream()
                        .filter(one -> one.name().equals(name()))
                        .mapToLong(HostedSession::end)
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    /// Completes with the line of the screen that shows the text, at once if one does.
    public CompletableFuture<String> whenShown(String text) {
        return screen.whenShown(text);
    }

    /// Begins to count the tokens of its conversation. What takes longer than anybody waits goes on, for the next to
    /// ask.
    public TokenReading countTokens() {
        Optional<String> transcript = view().memory().transcript();
        return transcript.isPresent() ? tokens.count(Path.of(transcript.get())) : TokenReading.NONE;
    }

    /// The last end of a child that was seen.
    public ChildExit lastExit() {
        return exits.last();
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
}
