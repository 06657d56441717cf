package dev.agentctl.session;

import static dev.agentctl.session.RecordingChild.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.Limit;
import dev.agentctl.project.AgentKind;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The typist with a real queue, a real host and a real child; only the agent's state is told by the test.
final class TypistUnderTest implements AutoCloseable {
    static final long PROOF_SECONDS = 15;

    final RecordingChild child;
    final MessageTable queue;
    final Mailbox mailbox;
    final Told told = new Told();
    final Heard heard = new Heard();
    Typist typist;
    /// The step of a message that is not stored, once.
    volatile @Nullable Stage failsAt;

    private final Database database;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    /// What the test tells the typist of the session.
    static final class Told implements Typist.Situation {
        /// What the next looks see, in order; then `accepts`.
        final Deque<Boolean> looks = new ArrayDeque<>();
        boolean accepts = true;
        boolean inTranscript;
        boolean hidden;
        boolean echoes = true;
        boolean pastes = true;
        String screen = "";

        /// One message is begun, and nothing is accepted after that: a look before the queue is read, and one after.
        void acceptsOne() {
            looks.addAll(List.of(true, true));
            accepts = false;
        }

        @Override
        public boolean isHidden() {
            return hidden;
        }

        @Override
        public synchronized boolean accepts() {
            return looks.isEmpty() ? accepts : looks.removeFirst();
        }

        @Override
        public long generation() {
            return RecordingChild.GENERATION;
        }

        @Override
        public boolean bracketedPaste() {
            return pastes;
        }

        @Override
        public String screenText() {
            return screen;
        }

        @Override
        public boolean transcriptHas(String text) {
            return inTranscript;
        }
    }

    record Advance(String text, Stage stage, Optional<String> evidence) {}

    /// Keeps what the typist tells.
    static final class Heard implements SessionListener {
        final BlockingQueue<Advance> advances = new LinkedBlockingQueue<>();

        @Override
        public void noticed(String session, Effect.Notice notice) {}

        @Override
        public void waiting(String session, String what) {}

        @Override
        public void turnEnded(String session, String key, String answer) {}

        @Override
        public void turnFailed(String session, String key, String reason) {}

        @Override
        public void limited(String session, String key, String reason, Limit limit, Optional<Instant> until) {}

        @Override
        public void advanced(Message message, Stage stage, Optional<String> evidence) {
            advances.add(new Advance(message.text(), stage, evidence));
        }

        Advance await(Stage stage) throws InterruptedException {
            while (true) {
                Advance advance = advances.poll(PROOF_SECONDS, TimeUnit.SECONDS);
                assertThat(advance).as("comes to %s", stage).isNotNull();
                if (advance.stage() == stage) {
                    return advance;
                }
            }
        }
    }

    TypistUnderTest(Path folder) throws IOException, InterruptedException {
        child = new RecordingChild(folder);
        database = Database.open(folder.resolve("state.db"));
        queue = new MessageTable(database, InstantSource.system());
        mailbox = new Mailbox(SESSION, timers);
        typist = typist(AgentKind.CLAUDE);
    }

    private Typist typist(AgentKind kind) {
        return new Typist(Agent.of(kind), child.link(), failing(queue), this::advanced, mailbox, told);
    }

    /// Types into another kind of agent from now on.
    void serve(AgentKind kind) {
        typist = typist(kind);
    }

    /// The queue on a disk that does not take the stage that is to fail, once.
    private MessageQueue failing(MessageQueue queue) {
        return (MessageQueue) Proxy.newProxyInstance(
                MessageQueue.class.getClassLoader(), new Class<?>[] {MessageQueue.class}, (_, method, arguments) -> {
                    if (failsAt != null
                            && arguments != null
                            && Arrays.asList(arguments).contains(failsAt)) {
                        failsAt = null;
                        throw new IllegalStateException("the disk is full");
                    }
                    return method.invoke(queue, arguments);
                });
    }

    private void advanced(Message message, Stage stage, Optional<String> evidence) {
        if (stage == Stage.TYPING && told.echoes) {
            told.screen += message.text() + "\n";
        }
        heard.advanced(message, stage, evidence);
    }

    @Override
    public void close() {
        mailbox.close();
        timers.shutdownNow();
        database.close();
        child.close();
    }

    Message add(String text) {
        return queue.add(SESSION, text, Optional.empty(), "key of " + text).orElseThrow();
    }

    /// Does it as the session would, and returns when it is done.
    void inMailbox(Runnable task) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        mailbox.post(() -> {
            task.run();
            done.complete(true);
        });
        done.join();
    }

    void pump() {
        inMailbox(() -> typist.pump(SESSION));
    }

    static long enters(String typed) {
        return typed.chars().filter(c -> c == '\r').count();
    }

    void awaitStored(Message message) {
        // the pause of a paste is over when a task that was posted after it has run
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        look(message, stored);
        stored.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void look(Message message, CompletableFuture<Boolean> stored) {
        mailbox.post(() -> {
            if (queue.head(SESSION).equals(Optional.of(message))) {
                stored.complete(true);
            } else {
                mailbox.postAfter(Duration.ofMillis(10), () -> look(message, stored));
            }
        });
    }
}
