package dev.agentctl.session;

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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The typist with a real queue, a real host and a real child; only the agent's state is told by the test.
@Timeout(60)
class TypistTest {
    private static final String SESSION = RecordingChild.SESSION;
    private static final long PROOF_SECONDS = 15;

    @TempDir
    Path folder;

    private RecordingChild child;
    private Database database;
    private MessageTable queue;
    private ScheduledExecutorService timers;
    private Mailbox mailbox;
    private Typist typist;
    /// The step of a message that is not stored, once.
    private volatile @Nullable Stage failsAt;

    private final Told told = new Told();
    private final Heard heard = new Heard();

    /// What the test tells the typist of the session.
    private static final class Told implements Typist.Situation {
        /// What the next looks see, in order; then `accepts`.
        private final Deque<Boolean> looks = new ArrayDeque<>();
        private boolean accepts = true;
        private boolean inTranscript;
        private boolean hidden;
        private boolean echoes = true;
        private boolean pastes = true;
        private String screen = "";

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

    private record Advance(String text, Stage stage, Optional<String> evidence) {}

    /// Keeps what the typist tells.
    private static final class Heard implements SessionListener {
        private final BlockingQueue<Advance> advances = new LinkedBlockingQueue<>();

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

    @BeforeEach
    void start() throws IOException, InterruptedException {
        child = new RecordingChild(folder);
        database = Database.open(folder.resolve("state.db"));
        queue = new MessageTable(database, InstantSource.system());
        timers = Executors.newSingleThreadScheduledExecutor();
        mailbox = new Mailbox(SESSION, timers);
        typist = typist(AgentKind.CLAUDE);
    }

    private Typist typist(AgentKind kind) {
        return new Typist(Agent.of(kind), child.link(), failing(queue), this::advanced, mailbox, told);
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

    @AfterEach
    void end() {
        mailbox.close();
        timers.shutdownNow();
        database.close();
        child.close();
    }

    private Message add(String text) {
        return queue.add(SESSION, text, Optional.empty(), "key of " + text).orElseThrow();
    }

    /// Does it as the session would, and returns when it is done.
    private void inMailbox(Runnable task) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        mailbox.post(() -> {
            task.run();
            done.complete(true);
        });
        done.join();
    }

    private void pump() {
        inMailbox(() -> typist.pump(SESSION));
    }

    private static long enters(String typed) {
        return typed.chars().filter(c -> c == '\r').count();
    }

    @Test
    void nothingIsTypedWhileTheAgentTakesNothing() throws IOException {
        told.accepts = false;
        Message message = add("hello");
        pump();
        assertThat(child.typed()).isEmpty();
        assertThat(queue.head(SESSION)).contains(message);
    }

    @Test
    void aScreenThatShowsNoComposerIsLookedAtAgain() throws IOException, InterruptedException {
        told.accepts = false;
        told.hidden = true;
        add("hello");
        pump();
        assertThat(child.typed()).isEmpty();
        inMailbox(() -> told.accepts = true);
        assertThat(heard.await(Stage.TYPED).text()).isEqualTo("hello");
    }

    @Test
    void aMessageIsPastedThenSubmittedThenProven() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        inMailbox(() -> typist.accepted(" hello\n", "hook UserPromptSubmit"));
        assertThat(heard.await(Stage.ACCEPTED).evidence()).contains("hook UserPromptSubmit");
        assertThat(queue.delivery("key of hello").orElseThrow().typedAt()).isPresent();
        String typed = child.typed();
        assertThat(typed).contains("\u001b[200~hello \u001b[201~").endsWith("\r");
        assertThat(enters(typed)).isEqualTo(1);
        assertThat(queue.waiting(SESSION)).isZero();
    }

    @Test
    void twoMessagesAreTypedOneAfterTheOthersProof() throws IOException, InterruptedException {
        add("first");
        add("second");
        pump();
        assertThat(heard.await(Stage.TYPED).text()).isEqualTo("first");
        assertThat(child.typed()).doesNotContain("second");
        inMailbox(() -> typist.accepted("first", "hook UserPromptSubmit"));
        // the session has yet to learn from the same report that a turn has begun
        told.accepts = false;
        pump();
        assertThat(heard.await(Stage.ACCEPTED).text()).isEqualTo("first");
        assertThat(heard.advances).isEmpty();
        told.accepts = true;
        pump();
        assertThat(heard.await(Stage.TYPED).text()).isEqualTo("second");
    }

    @Test
    void whatOpensDuringThePauseIsNotAnswered() throws IOException, InterruptedException {
        Message message = add("yes");
        told.accepts = false;
        told.looks.add(true);
        pump();
        child.await("\u001b[201~");
        awaitStored(message);
        assertThat(enters(child.typed())).isZero();
        told.accepts = true;
        pump();
        heard.await(Stage.TYPED);
        inMailbox(() -> typist.accepted("yes", "hook UserPromptSubmit"));
        heard.await(Stage.ACCEPTED);
    }

    @Test
    void whatThePersonAtTheTerminalSubmitsIsNotTypedAgain() throws IOException, InterruptedException {
        Message message = add("left in the composer");
        told.accepts = false;
        told.looks.add(true);
        pump();
        child.await("\u001b[201~");
        awaitStored(message);
        assertThat(enters(child.typed())).isZero();
        inMailbox(() -> typist.accepted("left in the composer", "hook UserPromptSubmit"));
        heard.await(Stage.ACCEPTED);
        told.accepts = true;
        pump();
        assertThat(queue.head(SESSION)).isEmpty();
        assertThat(child.typed()).doesNotContain("composer");
    }

    @Test
    void whatTheComposerDoesNotShowIsTypedAnewBeforeItsEnter() throws IOException, InterruptedException {
        told.echoes = false;
        add("hello");
        pump();
        String typed = child.await("\u001b[201~");
        while (typed.indexOf("\u001b[201~") == typed.lastIndexOf("\u001b[201~")) {
            typed = child.awaitMore();
        }
        assertThat(enters(typed)).isZero();
        inMailbox(() -> told.screen = "❯ hello");
        heard.await(Stage.TYPED);
        assertThat(enters(child.typed())).isEqualTo(1);
    }

    @Test
    void whatTheAgentDroppedIsTypedAgain() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        inMailbox(() -> told.screen = "");
        assertThat(heard.await(Stage.STORED).evidence()).contains("the agent dropped it; it is typed again");
        heard.await(Stage.TYPED);
        inMailbox(() -> typist.accepted("hello", "hook UserPromptSubmit"));
        heard.await(Stage.ACCEPTED);
        assertThat(enters(child.typed())).isEqualTo(2);
    }

    @Test
    void aHookThatComesLateEndsTheDoubt() throws InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.UNCERTAIN);
        inMailbox(() -> typist.accepted("hello", "hook UserPromptSubmit"));
        assertThat(heard.await(Stage.ACCEPTED).evidence()).contains("hook UserPromptSubmit, late");
        assertThat(queue.delivery("key of hello").orElseThrow().message().stage())
                .isEqualTo(Stage.ACCEPTED);
    }

    @Test
    void whatItsScreenKeptFromBeingSubmittedIsLookedAtAgain() throws IOException, InterruptedException {
        told.accepts = false;
        told.hidden = true;
        told.looks.add(true);
        Message message = add("hello");
        pump();
        child.await("\u001b[201~");
        awaitStored(message);
        inMailbox(() -> told.accepts = true);
        assertThat(heard.await(Stage.TYPED).text()).isEqualTo("hello");
        assertThat(enters(child.typed())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TYPING", "SUBMITTING", "TYPED"})
    void aFullDiskHoldsAMessageUpAndLosesNone(Stage stage) throws IOException, InterruptedException {
        failsAt = stage;
        add("hello");
        mailbox.post(() -> typist.pump(SESSION));
        heard.await(Stage.TYPED);
        inMailbox(() -> typist.accepted("hello", "hook UserPromptSubmit"));
        heard.await(Stage.ACCEPTED);
        assertThat(failsAt).isNull();
        assertThat(enters(child.typed())).isEqualTo(1);
    }

    @Test
    void withoutProofOneMoreEnterAndNeverAThird() throws IOException, InterruptedException {
        add("hello");
        pump();
        Advance end = heard.await(Stage.UNCERTAIN);
        assertThat(end.evidence()).isPresent();
        assertThat(enters(child.typed())).isEqualTo(2);
        assertThat(queue.waiting(SESSION)).isZero();
        pump();
        assertThat(child.typed()).isEmpty();
    }

    @Test
    void withoutProofAndWithADialogOpenThereIsNoSecondEnter() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        told.accepts = false;
        heard.await(Stage.UNCERTAIN);
        assertThat(enters(child.typed())).isEqualTo(1);
    }

    @Test
    void theTranscriptProvesWhatNoHookDid() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        told.inTranscript = true;
        assertThat(heard.await(Stage.ACCEPTED).evidence()).contains("the agent's transcript");
        assertThat(enters(child.typed())).isEqualTo(1);
    }

    @Test
    void anEndBeforeTheProofIsUncertain() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        child.kill();
        inMailbox(typist::childEnded);
        assertThat(heard.await(Stage.UNCERTAIN).evidence()).contains("the agent ended before it confirmed it");
    }

    @Test
    void anEndBeforeTheProofIsAcceptedByTheTranscript() throws IOException, InterruptedException {
        add("hello");
        pump();
        heard.await(Stage.TYPED);
        told.inTranscript = true;
        inMailbox(typist::childEnded);
        heard.await(Stage.ACCEPTED);
    }

    @Test
    void anEndBeforeTheEnterPutsItBack() throws InterruptedException {
        Message message = add("hello");
        child.kill();
        pump();
        heard.await(Stage.TYPING);
        told.accepts = false;
        inMailbox(typist::childEnded);
        assertThat(queue.head(SESSION)).contains(message);
    }

    @Test
    void whatWasBeingTypedWhenTheSupervisorDiedIsTypedAgainFirst() throws IOException, InterruptedException {
        Message first = add("first");
        add("second");
        queue.advance(first.id(), Stage.TYPING);
        inMailbox(() -> {
            typist.takeOver(SESSION);
            typist.pump(SESSION);
        });
        assertThat(heard.await(Stage.TYPED).text()).isEqualTo("first");
        assertThat(child.typed()).doesNotContain("second");
    }

    @Test
    void whatWasSubmittedWhenTheSupervisorDiedIsNotTypedAgain() throws IOException, InterruptedException {
        for (Stage stage : new Stage[] {Stage.SUBMITTING, Stage.TYPED}) {
            Message message = add("submitted " + stage);
            queue.advance(message.id(), stage);
        }
        inMailbox(() -> {
            typist.takeOver(SESSION);
            typist.pump(SESSION);
        });
        assertThat(heard.await(Stage.UNCERTAIN).text()).isEqualTo("submitted SUBMITTING");
        assertThat(heard.await(Stage.UNCERTAIN).text()).isEqualTo("submitted TYPED");
        assertThat(child.typed()).isEmpty();
        assertThat(queue.underWay(SESSION)).isEmpty();
    }

    @Test
    void whatWasSubmittedWhenTheSupervisorDiedIsProvenByALateHook() throws InterruptedException {
        Message message = add("submitted");
        queue.advance(message.id(), Stage.SUBMITTING);
        inMailbox(() -> typist.takeOver(SESSION));
        inMailbox(() -> typist.accepted("submitted", "hook UserPromptSubmit"));
        heard.await(Stage.ACCEPTED);
    }

    @Test
    void whatAProgramWithoutReportsWasTypedIsNotDoubtedLater() throws IOException, InterruptedException {
        typist = typist(AgentKind.COMMAND);
        Message old = add("typed before");
        queue.advance(old.id(), Stage.TYPED);
        add("new");
        inMailbox(() -> {
            typist.takeOver(SESSION);
            typist.pump(SESSION);
        });
        Advance next = heard.advances.poll(PROOF_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isEqualTo(new Advance("new", Stage.TYPING, Optional.empty()));
        heard.await(Stage.TYPED);
        assertThat(child.typed()).contains("new").doesNotContain("before");
    }

    /// What stood there without its Enter when the supervisor is killed, the next message would be joined to.
    @Test
    void aLineIsTypedWithItsEnterAtOnce() throws IOException, InterruptedException {
        typist = typist(AgentKind.COMMAND);
        told.pastes = false;
        Message line = add("whole");
        told.looks.add(true);
        told.accepts = false;
        pump();
        heard.await(Stage.TYPED);
        assertThat(child.typed()).isEqualTo("whole\r");
        assertThat(queue.underWay(SESSION)).extracting(Message::id).contains(line.id());
    }

    @Test
    void whatAProgramWithoutReportsWasBeingTypedIsSaidToBeUncertain() throws InterruptedException {
        typist = typist(AgentKind.COMMAND);
        Message half = add("half typed");
        queue.advance(half.id(), Stage.TYPING);
        inMailbox(() -> typist.takeOver(SESSION));
        assertThat(heard.await(Stage.UNCERTAIN).evidence().orElse("")).contains("its Enter was not pressed");
    }

    @Test
    void aMessageThatAWaitingCallTookIsNotTyped() throws IOException {
        Message message = add("for the call");
        assertThat(queue.claim(message.id(), Stage.ANSWERED)).isTrue();
        pump();
        assertThat(child.typed()).isEmpty();
        assertThat(queue.claim(message.id(), Stage.TYPING)).isFalse();
    }

    private void awaitStored(Message message) {
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
