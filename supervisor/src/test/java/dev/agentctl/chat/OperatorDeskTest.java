package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Enclosure;
import dev.agentctl.tools.Question;
import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import dev.agentctl.tools.SessionContext;
import dev.agentctl.tools.Shown;
import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The desk on a real state file.
@Timeout(30)
class OperatorDeskTest {
    private static final Caller A = new Caller("a", 1);
    private static final Caller B = new Caller("b", 1);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private Database database;
    private MessageTable queue;
    private ButtonTable buttons;
    private OperatorDesk desk;
    private long generation = 1;
    private final List<String> taken = new ArrayList<>();
    private final Clock clock = new Clock();
    private final Board shown = new Board();

    /// A clock that the test sets.
    private static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /// Keeps what is shown.
    private static final class Board implements Post {
        private final List<Outgoing> all = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();

        @Override
        public void send(Outgoing outgoing) {
            all.add(outgoing);
        }

        @Override
        public void sendOnce(String key, Outgoing outgoing) {
            if (keys.add(key)) {
                all.add(outgoing);
            }
        }
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        queue = new MessageTable(database, clock);
        buttons = new ButtonTable(database, clock);
        desk = new OperatorDesk(
                new QuestionTable(database, clock), buttons, shown, this::context, new Restarts(), clock);
    }

    /// Sessions whose child the test starts again.
    private final class Restarts implements Askers {
        @Override
        public long generation(String session) {
            return generation;
        }

        @Override
        public void queueChanged(String session) {
            taken.add(session);
        }

        @Override
        public String safe(String text) {
            return text;
        }

        @Override
        public void say(String session, String text, String key) {
            var _ = queue.add(session, text, Optional.empty(), key);
        }
    }

    private SessionContext context(Caller caller) {
        return new SessionContext(caller.session(), "claude", folder.toString(), "idle", Optional.empty(), 0, true);
    }

    private boolean take(String session, String text, String key) {
        return desk.take(session, text, key) != Waiters.Outcome.UNKNOWN;
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private String ask(Caller caller, String text, String callKey) {
        return desk.ask(caller, new Question(text, Optional.empty(), List.of("red", "blue"), LONG), callKey);
    }

    private static Object now(CompletableFuture<?> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void aRepeatedCallAsksOnce() {
        String id = ask(A, "which?", "call-1");
        assertThat(ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(ask(A, "which?", "call-2")).isNotEqualTo(id);
        assertThat(ask(B, "which?", "call-1")).isNotEqualTo(id);
        assertThat(shown.all).hasSize(3);
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        String id = ask(A, "which?", "call-1");
        CompletableFuture<QuestionState> wait = desk.awaitAnswer(A, id, LONG);
        assertThat(desk.take("a", "red", "m1")).isEqualTo(Waiters.Outcome.TAKEN);
        assertThat(now(wait)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(take("a", "blue", "m2")).isFalse();
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
    }

    @Test
    void anAnswerThatNoCallWaitsForIsNotSaidToBeGiven() {
        String id = ask(A, "which?", "call-1");
        assertThat(desk.take("a", "red", "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(desk.take("a", "blue", "m2")).isEqualTo(Waiters.Outcome.UNKNOWN);
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
    }

    @Test
    void anAnswerToARestartedAgentIsQueuedForIt() {
        String id = ask(A, "which of *these*?", "call-1");
        generation = 2;
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(now(desk.awaitReply(new Caller("a", 2), "call-2", LONG)))
                .isEqualTo(new Reply.Answered("[answer to your question \"which of *these*?\"] red"));
        assertThat(desk.look(new Caller("a", 2), id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatIsWaitedForIsNotQueuedToo() {
        String id = ask(A, "which?", "call-1");
        generation = 2;
        CompletableFuture<QuestionState> wait = desk.awaitAnswer(new Caller("a", 2), id, LONG);
        take("a", "red", "m1");
        assertThat(now(wait)).isEqualTo(new QuestionState.Answered(id, "red"));
        ask(new Caller("a", 2), "and now?", "call-2");
        take("a", "blue", "m2");
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void aRepeatedMessageIsTakenOnce() {
        String first = ask(A, "one?", "call-1");
        String second = ask(A, "two?", "call-2");
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(desk.look(A, first)).isEqualTo(new QuestionState.Answered(first, "red"));
        assertThat(desk.look(A, second)).isEqualTo(new QuestionState.Pending(second));
    }

    @Test
    void theOldestIsAnsweredFirst() {
        String question = ask(A, "one?", "call-1");
        clock.pass(Duration.ofSeconds(1));
        CompletableFuture<Reply> reply = desk.awaitReply(A, "call-2", LONG);
        clock.pass(Duration.ofSeconds(1));
        String later = ask(A, "three?", "call-3");
        take("a", "1", "m1");
        assertThat(desk.look(A, question)).isEqualTo(new QuestionState.Answered(question, "1"));
        assertThat(reply).isNotDone();
        take("a", "2", "m2");
        assertThat(now(reply)).isEqualTo(new Reply.Answered("2"));
        take("a", "3", "m3");
        assertThat(desk.look(A, later)).isEqualTo(new QuestionState.Answered(later, "3"));
        assertThat(take("a", "4", "m4")).isFalse();
    }

    @Test
    void nobodyElsesWaitIsAnswered() {
        String id = ask(A, "which?", "call-1");
        assertThat(take("b", "red", "m1")).isFalse();
        assertThat(desk.look(B, id)).isEqualTo(new QuestionState.Unknown(id));
        assertThat(now(desk.awaitAnswer(B, id, LONG))).isEqualTo(new QuestionState.Unknown(id));
    }

    @Test
    void anExpiredQuestionTakesNoAnswer() {
        String id = ask(A, "which?", "call-1");
        clock.pass(LONG.plusSeconds(1));
        assertThat(take("a", "red", "m1")).isFalse();
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Expired(id));
        assertThat(now(desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Expired(id));
    }

    @Test
    void anExpiryIsSaidOnceInTheChatAndEndsTheWait() {
        String id = ask(A, "which?", "call-1");
        CompletableFuture<QuestionState> wait = desk.awaitAnswer(A, id, LONG);
        desk.expireDue();
        assertThat(wait).isNotDone();
        clock.pass(LONG.plusSeconds(1));
        desk.expireDue();
        desk.expireDue();
        assertThat(now(wait)).isEqualTo(new QuestionState.Expired(id));
        assertThat(shown.all)
                .filteredOn(outgoing -> outgoing instanceof Outgoing.Text text
                        && text.markdown().contains("expired"))
                .singleElement()
                .satisfies(outgoing -> assertThat(((Outgoing.Text) outgoing).markdown())
                        .contains(id)
                        .contains("which?"));
    }

    @Test
    void aQuestionIsAnsweredByItsId() {
        String first = ask(A, "one?", "call-1");
        String second = ask(A, "two?", "call-2");
        assertThat(desk.answer(second, "2", "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(desk.answer(second, "2", "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(desk.answer(second, "3", "m2")).isEqualTo(Waiters.Outcome.ANSWERED_BEFORE);
        assertThat(desk.look(A, first)).isEqualTo(new QuestionState.Pending(first));
        assertThat(desk.look(A, second)).isEqualTo(new QuestionState.Answered(second, "2"));
        assertThat(desk.answer("aaaaaa", "x", "m3")).isEqualTo(Waiters.Outcome.UNKNOWN);
        clock.pass(LONG.plusSeconds(1));
        assertThat(desk.answer(first, "1", "m4")).isEqualTo(Waiters.Outcome.EXPIRED);
    }

    @Test
    void whatAnAgentShowsIsShownOnce() throws IOException {
        Files.writeString(folder.resolve("report.txt"), "all is well");
        Files.write(folder.resolve("chart.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        for (int i = 0; i < 2; i++) {
            show(new Enclosure.Code("x = '```'", Optional.of("python"), Optional.of("so")), "c1");
            show(new Enclosure.Document("report.txt", Optional.of("the report")), "c2");
            show(new Enclosure.Picture(folder.resolve("chart.png").toString(), Optional.empty()), "c3");
        }
        assertThat(shown.all).hasSize(3);
        assertThat(((Outgoing.Text) shown.all.getFirst()).markdown()).isEqualTo("so\n\n````python\nx = '```'\n````");
        assertThat(((Outgoing.Document) shown.all.get(1)).caption()).isEqualTo("[a] the report");
        assertThat(((Outgoing.Document) shown.all.get(2)).name()).isEqualTo("chart.png");
    }

    private void show(Enclosure enclosure, String callKey) {
        assertThat(desk.show(A, enclosure, callKey)).isEqualTo(new Shown.Stored());
    }

    @Test
    void whatMustNotBeShownIsRefusedWithAReason() throws IOException {
        Files.writeString(folder.resolve("chart.png"), "no picture at all");
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/hostname"));
        assertRefused(new Enclosure.Picture("chart.png", Optional.empty()), "no PNG");
        assertRefused(new Enclosure.Document("out", Optional.empty()), "outside");
        assertRefused(new Enclosure.Document("../../etc/hostname", Optional.empty()), "");
        assertRefused(new Enclosure.Document("/etc/hostname", Optional.empty()), "outside");
        assertRefused(new Enclosure.Document("nothing", Optional.empty()), "no file");
        assertThat(shown.all).isEmpty();
    }

    private void assertRefused(Enclosure enclosure, String because) {
        assertThat(desk.show(A, enclosure, "c"))
                .isInstanceOfSatisfying(
                        Shown.Refused.class,
                        refused -> assertThat(refused.reason()).contains(because));
    }

    @Test
    void aWaitThatIsOverLeavesTheQuestionOpen() {
        String id = ask(A, "which?", "call-1");
        assertThat(now(desk.awaitAnswer(A, id, Duration.ofMillis(50)))).isEqualTo(new QuestionState.Pending(id));
        assertThat(take("a", "red", "m1")).isTrue();
    }

    @Test
    void aWaitTakesTheMessageThatWaits() {
        Origin origin = new Origin("telegram", "1", Optional.empty(), "77");
        queue.add("a", "first", Optional.of(origin), "k1");
        queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(queue.head("a").map(Message::text)).contains("second");
        assertThat(taken).containsExactly("a");
        assertThat(shown.all)
                .containsExactly(new Outgoing.Receipt(
                        Optional.of(new ChatAddress("telegram", "1", Optional.empty())),
                        "77",
                        Outgoing.Progress.ACCEPTED));
    }

    @Test
    void aRepeatedWaitGetsTheSameReply() {
        queue.add("a", "first", Optional.empty(), "k1");
        queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(now(desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(now(desk.awaitReply(A, "call-2", LONG))).isEqualTo(new Reply.Answered("second"));
    }

    @Test
    void aWaitThatWasRepeatedWhileTheFirstHangsIsAnsweredToo() {
        CompletableFuture<Reply> lost = desk.awaitReply(A, "call-1", LONG);
        CompletableFuture<Reply> repeated = desk.awaitReply(A, "call-1", LONG);
        assertThat(take("a", "yes", "m1")).isTrue();
        assertThat(now(lost)).isEqualTo(new Reply.Answered("yes"));
        assertThat(now(repeated)).isEqualTo(new Reply.Answered("yes"));
        assertThat(take("a", "more", "m2")).isFalse();
    }

    @Test
    void aWaitThatTimedOutTakesNothing() {
        assertThat(now(desk.awaitReply(A, "call-1", Duration.ofMillis(30)))).isEqualTo(new Reply.TimedOut());
        assertThat(take("a", "late", "m1")).isFalse();
    }

    @Test
    void aCancelledWaitTakesNothing() {
        CompletableFuture<Reply> wait = desk.awaitReply(A, "call-1", LONG);
        assertThat(wait.cancel(true)).isTrue();
        assertThat(take("a", "late", "m1")).isFalse();
    }

    @Test
    void aReplyThatWasNotTakenIsTheNextCallsAndOnlyIts() {
        CompletableFuture<Reply> lost = desk.awaitReply(A, "call-1", LONG);
        assertThat(take("a", "blue", "m1")).isTrue();
        queue.add("a", "later", Optional.empty(), "k1");
        assertThat(now(lost)).isEqualTo(new Reply.Answered("blue"));
        desk.replyUntaken(A, "call-1");
        desk.replyUntaken(A, "call-1");
        reopen();
        assertThat(take("a", "blue", "m1")).as("the same message again").isTrue();
        assertThat(now(desk.awaitReply(A, "call-2", LONG))).isEqualTo(new Reply.Answered("blue"));
        desk.replyUntaken(A, "call-1");
        assertThat(now(desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("later"));
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void aQueuedMessageThatWasNotTakenIsItselfAgain() {
        Origin origin = new Origin("telegram", "1", Optional.empty(), "77");
        long id =
                queue.add("a", "first", Optional.of(origin), "k1").orElseThrow().id();
        queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        desk.replyUntaken(A, "call-1");
        assertThat(queue.head("a").map(Message::id)).contains(id);
        assertThat(queue.head("a").flatMap(Message::origin)).contains(origin);
        assertThat(now(desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        desk.replyUntaken(A, "call-1");
        assertThat(queue.head("a").map(Message::id)).contains(id);
    }

    @Test
    void aReplyThatWasNotTakenGoesToACallThatWaits() {
        CompletableFuture<Reply> lost = desk.awaitReply(A, "call-1", LONG);
        CompletableFuture<Reply> next = desk.awaitReply(A, "call-2", LONG);
        CompletableFuture<Reply> others = desk.awaitReply(B, "call-3", LONG);
        take("a", "blue", "m1");
        assertThat(now(lost)).isEqualTo(new Reply.Answered("blue"));
        desk.replyUntaken(B, "call-1");
        assertThat(next).isNotDone();
        desk.replyUntaken(A, "call-1");
        assertThat(now(next)).isEqualTo(new Reply.Answered("blue"));
        assertThat(others).isNotDone();
        assertThat(queue.waiting("a")).isZero();
    }

    private static Reply late(String answer) {
        return new Reply.Answered("[answer to your question \"which?\"] " + answer);
    }

    @Test
    void anAnswerThatComesAfterItsClientGaveUpIsQueued() {
        String id = ask(A, "which?", "call-1");
        desk.answerUntaken(A, id);
        reopen();
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(now(desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        desk.answerUntaken(A, id);
        assertThat(queue.waiting("a")).isZero();
        desk.replyUntaken(A, "call-2");
        assertThat(now(desk.awaitReply(A, "call-3", LONG))).isEqualTo(late("red"));
    }

    @Test
    void anAnswerThatWasNotTakenIsGivenOnceToWhoeverAsksFirst() {
        String id = ask(A, "which?", "call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        desk.answerUntaken(B, id);
        desk.answerUntaken(A, id);
        assertThat(queue.waiting("a")).isOne();
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(queue.waiting("a")).isZero();
        desk.answerUntaken(A, id);
        assertThat(queue.waiting("a")).isOne();
        assertThat(now(desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerWhoseClientGaveUpGoesToACallThatWaitsForMessages() {
        String id = ask(A, "which?", "call-1");
        desk.answerUntaken(A, id);
        clock.pass(Duration.ofSeconds(1));
        CompletableFuture<Reply> reply = desk.awaitReply(A, "call-2", LONG);
        take("a", "red", "m1");
        assertThat(now(reply)).isEqualTo(late("red"));
        assertThat(queue.waiting("a")).isZero();
    }

    /// A call that waits, and the supervisor that is killed over it: its client may give up meanwhile.
    private String askAndLose(String callKey) {
        String id = ask(A, "which?", callKey);
        assertThat(desk.awaitAnswer(A, id, LONG)).isNotDone();
        reopen();
        return id;
    }

    @Test
    void anAnswerWhoseCallDoesNotComeBackAfterARestartIsQueuedOnce() {
        askAndLose("call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(queue.waiting("a")).as("while the call may come back").isZero();
        desk.giveUpLost();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isOne();
        reopen();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isOne();
        assertThat(now(desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatComesAfterALostCallWasGivenUpIsQueuedAtOnce() {
        String id = askAndLose("call-1");
        desk.giveUpLost();
        assertThat(ask(A, "which?", "call-2")).as("asked again").isEqualTo(id);
        reopen();
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(queue.waiting("a")).isOne();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isOne();
    }

    @Test
    void aCallThatComesBackAfterARestartGetsTheAnswerAlone() {
        String id = askAndLose("call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(now(desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void aCallThatComesBackAndWaitsIsNotGivenUp() {
        String id = askAndLose("call-1");
        CompletableFuture<QuestionState> back = desk.awaitAnswer(A, id, LONG);
        desk.giveUpLost();
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(now(back)).isEqualTo(new QuestionState.Answered(id, "red"));
        reopen();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void aCallThatComesBackAfterItWasGivenUpTakesTheAnswerOutOfTheQueue() {
        String id = askAndLose("call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isOne();
        assertThat(ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(now(desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatALostCallsAgentLookedForIsNotQueued() {
        String id = askAndLose("call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerIsNotLostWhenTheSupervisorIsKilledAgain() {
        askAndLose("call-1");
        assertThat(take("a", "red", "m1")).isTrue();
        reopen();
        assertThat(queue.waiting("a")).isZero();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isOne();
    }

    @Test
    void nobodyIsToldOfAQuestionThatNoCallWaitedFor() {
        ask(A, "which?", "call-1");
        reopen();
        assertThat(take("a", "red", "m1")).isTrue();
        desk.giveUpLost();
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void whoAsksTheSameAgainAfterGivingUpGoesOnWithTheQuestion() {
        String id = ask(A, "which?", "call-1");
        assertThat(ask(A, "which?", "call-2")).isNotEqualTo(id);
        desk.answerUntaken(A, id);
        assertThat(ask(A, "which?", "call-3")).isEqualTo(id);
        assertThat(ask(A, "which?", "call-3")).isEqualTo(id);
        assertThat(ask(B, "which?", "call-3")).isNotEqualTo(id);
        assertThat(shown.all).hasSize(3);
        assertThat(desk.answer(id, "red", "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(queue.waiting("a")).isOne();
        assertThat(ask(A, "which?", "call-4")).isEqualTo(id);
        assertThat(now(desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(queue.waiting("a")).isZero();
        assertThat(ask(A, "which?", "call-5")).isNotEqualTo(id);
    }

    @Test
    void everythingHoldsOverARestart() {
        String open = ask(A, "open?", "call-1");
        clock.pass(Duration.ofSeconds(1));
        String other = ask(A, "answered?", "call-2");
        assertThat(take("a", "red", "m1")).isTrue();
        reopen();
        assertThat(ask(A, "open?", "call-1")).isEqualTo(open);
        assertThat(desk.look(A, open)).isEqualTo(new QuestionState.Answered(open, "red"));
        assertThat(take("a", "red", "m1")).isTrue();
        assertThat(desk.look(A, other)).isEqualTo(new QuestionState.Pending(other));
        queue.add("a", "queued", Optional.empty(), "k1");
        assertThat(now(desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("queued"));
        reopen();
        assertThat(now(desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("queued"));
        assertThat(queue.waiting("a")).isZero();
    }

    @Test
    void manyThreadsAnswerEachQuestionOnce() {
        int count = 20;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(ask(A, "question " + i, "call-" + i));
            clock.pass(Duration.ofMillis(1));
        }
        List<CompletableFuture<Boolean>> takes = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            String key = "m" + i;
            takes.add(CompletableFuture.supplyAsync(() -> take("a", key, key)));
        }
        long taken = takes.stream().filter(CompletableFuture::join).count();
        assertThat(taken).isEqualTo(count);
        assertThat(ids).allMatch(id -> desk.look(A, id) instanceof QuestionState.Answered);
    }
}
