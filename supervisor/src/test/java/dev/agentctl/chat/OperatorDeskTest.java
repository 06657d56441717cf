package dev.agentctl.chat;

import static dev.agentctl.chat.DeskUnderTest.A;
import static dev.agentctl.chat.DeskUnderTest.B;
import static dev.agentctl.chat.DeskUnderTest.LONG;
import static dev.agentctl.chat.DeskUnderTest.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Outgoing.Progress;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Question;
import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions, and which of them an answer goes to.
@Timeout(30)
class OperatorDeskTest {
    private static final Origin ORIGIN = new Origin("telegram", "1", Optional.of("7"), "77");
    private static final Outgoing ACCEPTED = Outgoing.Receipt.of(ORIGIN, Progress.ACCEPTED);

    @AutoClose
    private final DeskUnderTest test;

    OperatorDeskTest(@TempDir Path folder) {
        test = new DeskUnderTest(folder);
    }

    @Test
    void aRepeatedCallAsksOnce() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(test.ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(test.ask(A, "which?", "call-2")).isNotEqualTo(id);
        assertThat(test.ask(B, "which?", "call-1")).isNotEqualTo(id);
        assertThat(test.shown).hasSize(3);
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        String id = test.ask(A, "which?", "call-1");
        CompletableFuture<QuestionState> wait = test.desk.awaitAnswer(A, id, LONG);
        assertThat(test.desk.take("a", "red", Optional.empty(), "m1")).isEqualTo(Waiters.Outcome.TAKEN);
        assertThat(now(wait)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(test.take("a", "blue", "m2")).isFalse();
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
    }

    @Test
    void anAnswerThatNoCallWaitsForIsNotSaidToBeGiven() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(test.desk.take("a", "red", Optional.empty(), "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(test.desk.take("a", "blue", Optional.empty(), "m2")).isEqualTo(Waiters.Outcome.UNKNOWN);
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
    }

    @Test
    void theMessageIsAcceptedBeforeTheAgentGoesOn() {
        String id = test.ask(A, "which?", "call-1");
        List<Outgoing> shownBefore = new ArrayList<>();
        var answered = test.desk.awaitAnswer(A, id, LONG).thenAccept(_ -> shownBefore.addAll(test.shown));
        test.desk.take("a", "red", Optional.of(ORIGIN), "m1");
        var replied = test.desk.awaitReply(A, "call-2", LONG).thenAccept(_ -> shownBefore.addAll(test.shown));
        assertThat(answered).isDone();
        assertThat(shownBefore).containsOnlyOnce(ACCEPTED);
        shownBefore.clear();
        test.desk.take("a", "blue", Optional.of(ORIGIN), "m2");
        assertThat(replied).isDone();
        assertThat(shownBefore).filteredOn(ACCEPTED::equals).hasSize(2);
    }

    @Test
    void anAnswerThatNoCallWaitsForIsAcceptedWhenTheAgentGetsIt() {
        String id = test.ask(A, "which?", "call-1");
        test.desk.take("a", "red", Optional.of(ORIGIN), "m1");
        assertThat(test.shown)
                .contains(Outgoing.Receipt.of(ORIGIN, Progress.STORED))
                .doesNotContain(ACCEPTED);
        test.reopen();
        test.desk.look(A, id);
        test.desk.look(A, id);
        assertThat(test.shown).containsOnlyOnce(ACCEPTED);
    }

    @Test
    void anAnswerToARestartedAgentIsQueuedForIt() {
        String id = test.ask(A, "which of *these*?", "call-1");
        test.generation = 2;
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(now(test.desk.awaitReply(new Caller("a", 2), "call-2", LONG)))
                .isEqualTo(new Reply.Answered("[answer to your question \"which of *these*?\"] red"));
        assertThat(test.desk.look(new Caller("a", 2), id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatIsWaitedForIsNotQueuedToo() {
        String id = test.ask(A, "which?", "call-1");
        test.generation = 2;
        CompletableFuture<QuestionState> wait = test.desk.awaitAnswer(new Caller("a", 2), id, LONG);
        test.take("a", "red", "m1");
        assertThat(now(wait)).isEqualTo(new QuestionState.Answered(id, "red"));
        test.ask(new Caller("a", 2), "and now?", "call-2");
        test.take("a", "blue", "m2");
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void aRepeatedMessageIsTakenOnce() {
        String first = test.ask(A, "one?", "call-1");
        String second = test.ask(A, "two?", "call-2");
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.desk.look(A, first)).isEqualTo(new QuestionState.Answered(first, "red"));
        assertThat(test.desk.look(A, second)).isEqualTo(new QuestionState.Pending(second));
    }

    @Test
    void theOldestIsAnsweredFirst() {
        String question = test.ask(A, "one?", "call-1");
        test.pass(Duration.ofSeconds(1));
        CompletableFuture<Reply> reply = test.desk.awaitReply(A, "call-2", LONG);
        test.pass(Duration.ofSeconds(1));
        String later = test.ask(A, "three?", "call-3");
        test.take("a", "1", "m1");
        assertThat(test.desk.look(A, question)).isEqualTo(new QuestionState.Answered(question, "1"));
        assertThat(reply).isNotDone();
        test.take("a", "2", "m2");
        assertThat(now(reply)).isEqualTo(new Reply.Answered("2"));
        test.take("a", "3", "m3");
        assertThat(test.desk.look(A, later)).isEqualTo(new QuestionState.Answered(later, "3"));
        assertThat(test.take("a", "4", "m4")).isFalse();
    }

    @Test
    void nobodyElsesWaitIsAnswered() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(test.take("b", "red", "m1")).isFalse();
        assertThat(test.desk.look(B, id)).isEqualTo(new QuestionState.Unknown(id));
        assertThat(now(test.desk.awaitAnswer(B, id, LONG))).isEqualTo(new QuestionState.Unknown(id));
    }

    @Test
    void whoWaitsUntilTheEndIsToldThatItHasExpired(@TempDir Path folder) {
        try (DeskUnderTest real = new DeskUnderTest(folder, Optional.of(InstantSource.system()))) {
            for (int i = 0; i < 10; i++) {
                Question brief = new Question("which?", Optional.empty(), List.of(), Duration.ofMillis(20));
                String id = real.desk.ask(A, brief, "call-" + i);
                assertThat(now(real.desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Expired(id));
            }
        }
    }

    @Test
    void anExpiredQuestionTakesNoAnswer() {
        String id = test.ask(A, "which?", "call-1");
        test.pass(LONG.plusSeconds(1));
        assertThat(test.take("a", "red", "m1")).isFalse();
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Expired(id));
        assertThat(now(test.desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Expired(id));
    }

    @Test
    void anExpiryIsSaidOnceInTheChatAndEndsTheWait() {
        String id = test.ask(A, "which?", "call-1");
        CompletableFuture<QuestionState> wait = test.desk.awaitAnswer(A, id, LONG);
        test.desk.expireDue();
        assertThat(wait).isNotDone();
        test.pass(LONG.plusSeconds(1));
        test.desk.expireDue();
        test.desk.expireDue();
        assertThat(now(wait)).isEqualTo(new QuestionState.Expired(id));
        assertThat(test.shown)
                .filteredOn(outgoing -> outgoing instanceof Outgoing.Text text
                        && text.markdown().contains("expired"))
                .singleElement()
                .satisfies(outgoing -> assertThat(((Outgoing.Text) outgoing).markdown())
                        .contains(id)
                        .contains("which?"));
    }

    @Test
    void aQuestionIsAnsweredByItsId() {
        String first = test.ask(A, "one?", "call-1");
        String second = test.ask(A, "two?", "call-2");
        assertThat(test.desk.answer(second, "2", Optional.empty(), "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(test.desk.answer(second, "2", Optional.empty(), "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(test.desk.answer(second, "3", Optional.empty(), "m2")).isEqualTo(Waiters.Outcome.ANSWERED_BEFORE);
        assertThat(test.desk.look(A, first)).isEqualTo(new QuestionState.Pending(first));
        assertThat(test.desk.look(A, second)).isEqualTo(new QuestionState.Answered(second, "2"));
        assertThat(test.desk.answer("aaaaaa", "x", Optional.empty(), "m3")).isEqualTo(Waiters.Outcome.UNKNOWN);
        test.pass(LONG.plusSeconds(1));
        assertThat(test.desk.answer(first, "1", Optional.empty(), "m4")).isEqualTo(Waiters.Outcome.EXPIRED);
    }

    @Test
    void aWaitThatIsOverLeavesTheQuestionOpen() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(now(test.desk.awaitAnswer(A, id, Duration.ofMillis(50)))).isEqualTo(new QuestionState.Pending(id));
        assertThat(test.take("a", "red", "m1")).isTrue();
    }

    @Test
    void everythingHoldsOverARestart() {
        String open = test.ask(A, "open?", "call-1");
        test.pass(Duration.ofSeconds(1));
        String other = test.ask(A, "answered?", "call-2");
        assertThat(test.take("a", "red", "m1")).isTrue();
        test.reopen();
        assertThat(test.ask(A, "open?", "call-1")).isEqualTo(open);
        assertThat(test.desk.look(A, open)).isEqualTo(new QuestionState.Answered(open, "red"));
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.desk.look(A, other)).isEqualTo(new QuestionState.Pending(other));
        test.queue.add("a", "queued", Optional.empty(), "k1");
        assertThat(now(test.desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("queued"));
        test.reopen();
        assertThat(now(test.desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("queued"));
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void manyThreadsAnswerEachQuestionOnce() {
        int count = 20;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(test.ask(A, "question " + i, "call-" + i));
            test.pass(Duration.ofMillis(1));
        }
        List<CompletableFuture<Boolean>> takes = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            String key = "m" + i;
            takes.add(CompletableFuture.supplyAsync(() -> test.take("a", key, key)));
        }
        long taken = takes.stream().filter(CompletableFuture::join).count();
        assertThat(taken).isEqualTo(count);
        assertThat(ids).allMatch(id -> test.desk.look(A, id) instanceof QuestionState.Answered);
    }
}
