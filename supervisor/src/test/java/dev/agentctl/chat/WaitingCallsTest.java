package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitingCallsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofDays(7);

    private final WaitingCalls calls = new WaitingCalls(new ReentrantLock());

    private CompletableFuture<QuestionState> forAnswer(String question) {
        return calls.forAnswer(question, LONG, () -> new QuestionState.Pending(question));
    }

    @Test
    void allThatWaitForAQuestionEndWithItAndNoOther() {
        CompletableFuture<QuestionState> one = forAnswer("q1");
        CompletableFuture<QuestionState> same = forAnswer("q1");
        CompletableFuture<QuestionState> other = forAnswer("q2");
        QuestionState end = new QuestionState.Expired("q1");
        var ends = calls.answered("q1", end);
        assertThat(one).as("nothing ends under the lock").isNotDone();
        ends.forEach(Runnable::run);
        assertThat(one).isCompletedWithValue(end);
        assertThat(same).isCompletedWithValue(end);
        assertThat(other).isNotDone();
        assertThat(calls.isAwaited("q1")).isFalse();
        assertThat(calls.isAwaited("q2")).isTrue();
    }

    @Test
    void whatWasDecidedUnderTheLockIsNotOvertakenByTheEndOfPatience() {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        CompletableFuture<QuestionState> call = calls.forAnswer("q1", Duration.ZERO, () -> {
            over.complete(true);
            decided.orTimeout(20, TimeUnit.SECONDS).join();
            return new QuestionState.Pending("q1");
        });
        over.orTimeout(20, TimeUnit.SECONDS).join();
        QuestionState end = new QuestionState.Answered("q1", "red");
        var ends = calls.answered("q1", end);
        assertThat(ends).hasSize(1);
        decided.complete(true);
        ends.forEach(Runnable::run);
        assertThat(call).isCompletedWithValue(end);
    }

    @Test
    void theOneThatWaitedLongestIsFirstAndOnlyItsOwnRepeatsEndWithIt() {
        CompletableFuture<Reply> first = calls.forReply("a", "call-1", NOW, LONG);
        CompletableFuture<Reply> later = calls.forReply("a", "call-2", NOW, LONG);
        CompletableFuture<Reply> repeat = calls.forReply("a", "call-1", NOW, LONG);
        assertThat(calls.first("b")).isEmpty();
        WaitingCalls.ForReply call = calls.first("a").orElseThrow();
        assertThat(call.callKey()).isEqualTo("call-1");
        calls.replied(call, "yes").forEach(Runnable::run);
        assertThat(first).isCompletedWithValue(new Reply.Answered("yes"));
        assertThat(repeat).isCompletedWithValue(new Reply.Answered("yes"));
        assertThat(later).isNotDone();
        assertThat(calls.first("a").orElseThrow().callKey()).isEqualTo("call-2");
    }

    @Test
    void whoHasGoneOrTimedOutWaitsNoMore() {
        assertThat(calls.forReply("a", "call-1", NOW, LONG).cancel(true)).isTrue();
        assertThat(forAnswer("q1").cancel(true)).isTrue();
        assertThat(calls.forReply("a", "call-2", NOW, Duration.ofMillis(1))
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(new Reply.TimedOut());
        assertThat(calls.first("a")).isEmpty();
        assertThat(calls.isAwaited("q1")).isFalse();
    }
}
