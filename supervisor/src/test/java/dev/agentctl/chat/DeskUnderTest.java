package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Question;
import dev.agentctl.tools.SessionContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The desk on a real state file, with a clock that the test sets, and sessions whose children it starts again.
final class DeskUnderTest implements AutoCloseable {
    static final Caller A = new Caller("a", 1);
    static final Caller B = new Caller("b", 1);
    static final Duration LONG = Duration.ofMinutes(10);

    private final Path folder;
    private final Set<String> shownKeys = new HashSet<>();
    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final InstantSource clock;
    private Database database;
    MessageTable queue;
    OperatorDesk desk;
    long generation = 1;
    final List<Outgoing> shown = new ArrayList<>();
    /// The sessions whose queue was told to have changed.
    final List<String> changed = new ArrayList<>();

    DeskUnderTest(Path folder) {
        this(folder, Optional.empty());
    }

    /// @param real where the clock is not to be the test's
    DeskUnderTest(Path folder, Optional<InstantSource> real) {
        this.folder = folder;
        this.clock = real.orElse(() -> now);
        this.database = Database.open(folder.resolve("state.db"));
        this.queue = new MessageTable(database, clock);
        this.desk = newDesk();
    }

    private OperatorDesk newDesk() {
        return new OperatorDesk(
                new QuestionTable(database, clock),
                new ButtonTable(database, clock),
                new Board(),
                this::context,
                new Restarts(),
                clock);
    }

    /// What the next supervisor has.
    void reopen() {
        close();
        database = Database.open(folder.resolve("state.db"));
        queue = new MessageTable(database, clock);
        desk = newDesk();
    }

    @Override
    public void close() {
        database.close();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    String ask(Caller caller, String text, String callKey) {
        return desk.ask(caller, new Question(text, Optional.empty(), List.of("red", "blue"), LONG), callKey);
    }

    boolean take(String session, String text, String key) {
        return desk.take(session, text, Optional.empty(), key) != Waiters.Outcome.UNKNOWN;
    }

    static Object now(CompletableFuture<?> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private SessionContext context(Caller caller) {
        return new SessionContext(caller.session(), "claude", folder.toString(), "idle", Optional.empty(), 0, true);
    }

    /// Keeps what is shown.
    private final class Board implements Post {
        @Override
        public void send(Outgoing outgoing) {
            shown.add(outgoing);
        }

        @Override
        public void sendOnce(String key, Outgoing outgoing) {
            if (shownKeys.add(key)) {
                shown.add(outgoing);
            }
        }
    }

    private final class Restarts implements Askers {
        @Override
        public long generation(String session) {
            return generation;
        }

        @Override
        public void queueChanged(String session) {
            changed.add(session);
        }

        @Override
        public String safe(String text) {
            return text;
        }

        @Override
        public void say(String session, String text, Optional<Origin> origin, String key) {
            var _ = queue.add(session, text, origin, key);
        }
    }
}
