package dev.agentctl.chat;

import static dev.agentctl.chat.DeskUnderTest.A;
import static dev.agentctl.chat.DeskUnderTest.B;
import static dev.agentctl.chat.DeskUnderTest.LONG;
import static dev.agentctl.chat.DeskUnderTest.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an answer whose call has gone: its client gave up, or did not come back after a restart.
@Timeout(30)
class LateAnswersTest {
    private static final Origin ORIGIN = new Origin("telegram", "1", Optional.empty(), "77");

    @AutoClose
    private final DeskUnderTest test;

    LateAnswersTest(@TempDir Path folder) {
        test = new DeskUnderTest(folder);
    }

    private static Reply late(String answer) {
        return new Reply.Answered("[answer to your question \"which?\"] " + answer);
    }

    @Test
    void anAnswerThatComesAfterItsClientGaveUpIsQueued() {
        String id = test.ask(A, "which?", "call-1");
        test.desk.answerUntaken(A, id);
        test.reopen();
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(now(test.desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        test.desk.answerUntaken(A, id);
        assertThat(test.queue.waiting("a")).isZero();
        test.desk.replyUntaken(A, "call-2");
        assertThat(now(test.desk.awaitReply(A, "call-3", LONG))).isEqualTo(late("red"));
    }

    @Test
    void aLateAnswerKnowsWhereItWasWritten() {
        String id = test.ask(A, "which?", "call-1");
        test.desk.take("a", "red", Optional.of(ORIGIN), "m1");
        test.desk.answerUntaken(A, id);
        assertThat(test.queue.head("a").flatMap(Message::origin)).contains(ORIGIN);
    }

    @Test
    void anAnswerThatWasNotTakenIsGivenOnceToWhoeverAsksFirst() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        test.desk.answerUntaken(B, id);
        test.desk.answerUntaken(A, id);
        assertThat(test.queue.waiting("a")).isOne();
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(test.queue.waiting("a")).isZero();
        test.desk.answerUntaken(A, id);
        assertThat(test.queue.waiting("a")).isOne();
        assertThat(now(test.desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerWhoseClientGaveUpGoesToACallThatWaitsForMessages() {
        String id = test.ask(A, "which?", "call-1");
        test.desk.answerUntaken(A, id);
        test.pass(Duration.ofSeconds(1));
        CompletableFuture<Reply> reply = test.desk.awaitReply(A, "call-2", LONG);
        test.desk.take("a", "red", Optional.of(ORIGIN), "m1");
        assertThat(now(reply)).isEqualTo(late("red"));
        assertThat(test.queue.waiting("a")).isZero();
        assertThat(test.shown).contains(Outgoing.Receipt.of(ORIGIN, Outgoing.Progress.ACCEPTED));
    }

    @Test
    void whoAsksTheSameAgainAfterGivingUpGoesOnWithTheQuestion() {
        String id = test.ask(A, "which?", "call-1");
        assertThat(test.ask(A, "which?", "call-2")).isNotEqualTo(id);
        test.desk.answerUntaken(A, id);
        assertThat(test.ask(A, "which?", "call-3")).isEqualTo(id);
        assertThat(test.ask(A, "which?", "call-3")).isEqualTo(id);
        assertThat(test.ask(B, "which?", "call-3")).isNotEqualTo(id);
        assertThat(test.shown).hasSize(3);
        assertThat(test.desk.answer(id, "red", Optional.empty(), "m1")).isEqualTo(Waiters.Outcome.KEPT);
        assertThat(test.queue.waiting("a")).isOne();
        assertThat(test.ask(A, "which?", "call-4")).isEqualTo(id);
        assertThat(now(test.desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        assertThat(test.queue.waiting("a")).isZero();
        assertThat(test.ask(A, "which?", "call-5")).isNotEqualTo(id);
    }

    /// A call that waits, and the supervisor that is killed over it: its client may give up meanwhile.
    private String askAndLose(String callKey) {
        String id = test.ask(A, "which?", callKey);
        assertThat(test.desk.awaitAnswer(A, id, LONG)).isNotDone();
        test.reopen();
        return id;
    }

    @Test
    void anAnswerWhoseCallDoesNotComeBackAfterARestartIsQueuedOnce() {
        askAndLose("call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.queue.waiting("a")).as("while the call may come back").isZero();
        test.desk.giveUpLost();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isOne();
        test.reopen();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isOne();
        assertThat(now(test.desk.awaitReply(A, "call-2", LONG))).isEqualTo(late("red"));
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatComesAfterALostCallWasGivenUpIsQueuedAtOnce() {
        String id = askAndLose("call-1");
        test.desk.giveUpLost();
        assertThat(test.ask(A, "which?", "call-2")).as("asked again").isEqualTo(id);
        test.reopen();
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.queue.waiting("a")).isOne();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isOne();
    }

    @Test
    void aCallThatComesBackAfterARestartGetsTheAnswerAlone() {
        String id = askAndLose("call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(now(test.desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void aCallThatComesBackAndWaitsIsNotGivenUp() {
        String id = askAndLose("call-1");
        CompletableFuture<QuestionState> back = test.desk.awaitAnswer(A, id, LONG);
        test.desk.giveUpLost();
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(now(back)).isEqualTo(new QuestionState.Answered(id, "red"));
        test.reopen();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void aCallThatComesBackAfterItWasGivenUpTakesTheAnswerOutOfTheQueue() {
        String id = askAndLose("call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isOne();
        assertThat(test.ask(A, "which?", "call-1")).isEqualTo(id);
        assertThat(now(test.desk.awaitAnswer(A, id, LONG))).isEqualTo(new QuestionState.Answered(id, "red"));
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerThatALostCallsAgentLookedForIsNotQueued() {
        String id = askAndLose("call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        assertThat(test.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "red"));
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void anAnswerIsNotLostWhenTheSupervisorIsKilledAgain() {
        askAndLose("call-1");
        assertThat(test.take("a", "red", "m1")).isTrue();
        test.reopen();
        assertThat(test.queue.waiting("a")).isZero();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isOne();
    }

    @Test
    void nobodyIsToldOfAQuestionThatNoCallWaitedFor() {
        test.ask(A, "which?", "call-1");
        test.reopen();
        assertThat(test.take("a", "red", "m1")).isTrue();
        test.desk.giveUpLost();
        assertThat(test.queue.waiting("a")).isZero();
    }
}
