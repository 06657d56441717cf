package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.Host;
import dev.agentctl.host.HostLink;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Habits;
import dev.agentctl.project.Limits;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.project.Verbosity;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Surroundings;
import dev.agentctl.store.Audit;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.MuteTable;
import dev.agentctl.store.Once;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.PromptTable;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.store.SessionTable;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The chat's rules on a real host and a real state file, with `cat` as the agent, and a person who writes and reads.
final class ChatUnderTest implements AutoCloseable {
    static final ChatAddress HERE = ChatAddress.of("test", "1");
    private static final long SOON = 30;

    private final Host host;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final HostLink link;
    private final BlockingQueue<Outgoing> said = new LinkedBlockingQueue<>();
    private final Outbox outbox;
    final Sessions sessions;
    final MessageTable queue;
    final Audit audit;
    final Database database;
    final OperatorDesk desk;
    final PromptDesk prompts;
    final ChatRouter router;
    private int messages;

    ChatUnderTest(Path temporary, String... names) throws IOException, InterruptedException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        InstantSource clock = InstantSource.system();
        host = Host.open(folder);
        database = Database.open(folder.database());
        queue = new MessageTable(database, clock);
        outbox = new Outbox(database, clock, HERE);
        audit = new Audit(database, clock);
        link = new HostLink(folder.hostSocket(), () -> {
            throw new IOException("the test has started it");
        });
        Post post = post(new Once(database, clock));
        ButtonTable buttons = new ButtonTable(database, clock);
        QuestionTable questions = new QuestionTable(database, clock);
        desk = new OperatorDesk(
                questions,
                buttons,
                post,
                _ -> {
                    throw new IllegalStateException("nobody asks for it");
                },
                nobody(),
                clock);
        prompts = new PromptDesk(new PromptTable(database, clock), buttons, post, clock, timers);
        sessions = new Sessions(
                new Surroundings(
                        folder,
                        link,
                        new SessionTable(database),
                        queue,
                        new SessionNews(post, new ButtonTable(database, clock), _ -> Verbosity.STEPS, timers, clock),
                        prompts,
                        timers,
                        clock,
                        () -> 1,
                        Map.of("PATH", "/usr/bin:/bin"),
                        temporary.resolve("hook")),
                desk);
        router = new ChatRouter(
                sessions,
                post,
                outbox,
                audit::record,
                new ProjectFiles(),
                new Deletion(sessions, post),
                buttons,
                prompts,
                questions,
                new MuteTable(database, clock),
                new ScreenShots(temporary.resolve("pictures"), "pictures"::equals, Masking.SHAPES),
                (_, user) -> Role.of(user).or(() -> Optional.of(Role.OWNER)),
                clock);
        sessions.load(Arrays.stream(names).map(name -> project(name, temporary)).toList());
        link.open(sessions);
    }

    /// Whoever asks waits for the answer.
    private static Askers nobody() {
        return new Askers() {
            @Override
            public void queueChanged(String session) {}

            @Override
            public long generation(String session) {
                return 1;
            }

            @Override
            public String safe(String text) {
                return text;
            }

            @Override
            public void say(String session, String text, Optional<Origin> origin, String key) {
                throw new IllegalStateException("nobody has ended");
            }
        };
    }

    static Project project(String name, Path directory) {
        return new Project(
                name,
                directory,
                AgentKind.COMMAND,
                Optional.of("cat"),
                List.of(),
                Map.of(),
                Optional.empty(),
                false,
                RestartMode.NO,
                OnCrash.CONTINUE,
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Optional.empty(),
                false,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                List.of(Path.of(".env.example")));
    }

    private Post post(Once once) {
        return new Post() {
            @Override
            public void send(Outgoing outgoing) {
                long id = outbox.add(outgoing);
                var _ = outbox.attempt(id);
                outbox.sent(id, Long.toString(1_000 + id));
                said.add(outgoing);
            }

            @Override
            public void sendOnce(String key, Outgoing outgoing) {
                once.run(key, () -> send(outgoing));
            }
        };
    }

    Session running(String name) {
        Session session = sessions.find(name).orElseThrow();
        sessions.start(session, false);
        await(session, view -> view.state().word().equals("running"));
        return session;
    }

    static void await(Session session, Predicate<SessionView> wanted) {
        session.when(wanted).orTimeout(SOON, TimeUnit.SECONDS).join();
    }

    void say(String text) {
        say("4711", text, Optional.empty(), Instant.now());
    }

    void say(String user, String text, Optional<String> replyTo, Instant at) {
        say(HERE, user, text, replyTo, at);
    }

    void say(ChatAddress from, String user, String text, Optional<String> replyTo, Instant at) {
        String id = Integer.toString(++messages);
        router.handle(new Incoming("test:" + id, from, user, id, text, replyTo, at));
    }

    void send(String caption, ReceivedFile file) {
        String id = Integer.toString(++messages);
        router.handle(
                new Incoming("test:" + id, HERE, "4711", id, caption, Optional.empty(), Instant.now()), List.of(file));
    }

    /// Presses a button of a card that was said last.
    String press(Outgoing.Card card, String label) {
        return press("4711", card, label);
    }

    String press(String user, Outgoing.Card card, String label) {
        Button button = card.rows().stream()
                .flatMap(List::stream)
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + label + " in " + card.rows()));
        String key = "press:" + ++messages;
        return router.press(new Press(key, HERE, user, "", button.action(), Instant.now()));
    }

    /// The next text that was said.
    String hear() throws InterruptedException {
        return switch (next()) {
            case Outgoing.Text text -> text.markdown();
            case Outgoing.Card card -> card.markdown();
            case Outgoing.Live live -> live.markdown();
            case Outgoing.CardChange change -> change.outcome();
            case Outgoing.Document document -> document.name();
            case Outgoing.Receipt receipt -> receipt.progress().name();
        };
    }

    Outgoing.Card hearCard() throws InterruptedException {
        Outgoing next = next();
        assertThat(next).isInstanceOf(Outgoing.Card.class);
        return (Outgoing.Card) next;
    }

    /// The id of the newest message that spoke of a session.
    String aMessageOf(String session) {
        for (int id = 2_000; id > 1_000; id--) {
            if (outbox.sessionOf(HERE, Integer.toString(id)).equals(Optional.of(session))) {
                return Integer.toString(id);
            }
        }
        throw new AssertionError("nothing was said of " + session);
    }

    /// The id of the message that shows a card.
    String idOf(Outgoing.Card card) {
        for (int id = 2_000; id > 1_000; id--) {
            if (outbox.cardOf(HERE, Integer.toString(id)).equals(Optional.of(card.name()))) {
                return Integer.toString(id);
            }
        }
        throw new AssertionError(card.name() + " was not said");
    }

    /// Replies to a card.
    void reply(Outgoing.Card card, String text) {
        say("4711", text, Optional.of(idOf(card)), Instant.now());
    }

    /// Reads on until something has these words.
    void hear(String words) throws InterruptedException {
        String heard = hear();
        while (!heard.contains(words)) {
            heard = hear();
        }
    }

    Outgoing next() throws InterruptedException {
        Outgoing next = said.poll(SOON, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was said");
        }
        return next;
    }

    @Override
    public void close() {
        for (Session session : sessions.all()) {
            sessions.stop(session);
            await(session, view -> view.state().childPid() == 0);
        }
        sessions.close();
        link.close();
        timers.shutdownNow();
        database.close();
        host.close();
    }
}
