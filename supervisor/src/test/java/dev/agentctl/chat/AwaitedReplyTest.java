package dev.agentctl.chat;

import static dev.agentctl.chat.DeskUnderTest.A;
import static dev.agentctl.chat.DeskUnderTest.B;
import static dev.agentctl.chat.DeskUnderTest.LONG;
import static dev.agentctl.chat.DeskUnderTest.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import dev.agentctl.tools.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A call that waits for the operator's next message, and which message it gets.
@Timeout(30)
class AwaitedReplyTest {
    @AutoClose
    private final DeskUnderTest test;

    AwaitedReplyTest(@TempDir Path folder) {
        test = new DeskUnderTest(folder);
    }

    @Test
    void aWaitTakesTheMessageThatWaits() {
        Origin origin = new Origin("telegram", "1", Optional.empty(), "77");
        test.queue.add("a", "first", Optional.of(origin), "k1");
        test.queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(test.desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(test.queue.head("a").map(Message::text)).contains("second");
        assertThat(test.changed).containsExactly("a");
        assertThat(test.shown)
                .containsExactly(new Outgoing.Receipt(
                        Optional.of(new ChatAddress("telegram", "1", Optional.empty())),
                        "77",
                        Outgoing.Progress.ACCEPTED));
    }

    @Test
    void aRepeatedWaitGetsTheSameReply() {
        test.queue.add("a", "first", Optional.empty(), "k1");
        test.queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(test.desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(now(test.desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        assertThat(now(test.desk.awaitReply(A, "call-2", LONG))).isEqualTo(new Reply.Answered("second"));
    }

    @Test
    void aWaitThatWasRepeatedWhileTheFirstHangsIsAnsweredToo() {
        CompletableFuture<Reply> lost = test.desk.awaitReply(A, "call-1", LONG);
        CompletableFuture<Reply> repeated = test.desk.awaitReply(A, "call-1", LONG);
        assertThat(test.take("a", "yes", "m1")).isTrue();
        assertThat(now(lost)).isEqualTo(new Reply.Answered("yes"));
        assertThat(now(repeated)).isEqualTo(new Reply.Answered("yes"));
        assertThat(test.take("a", "more", "m2")).isFalse();
    }

    @Test
    void aWaitThatTimedOutTakesNothing() {
        assertThat(now(test.desk.awaitReply(A, "call-1", Duration.ofMillis(30))))
                .isEqualTo(new Reply.TimedOut());
        assertThat(test.take("a", "late", "m1")).isFalse();
    }

    @Test
    void aCancelledWaitTakesNothing() {
        CompletableFuture<Reply> wait = test.desk.awaitReply(A, "call-1", LONG);
        assertThat(wait.cancel(true)).isTrue();
        assertThat(test.take("a", "late", "m1")).isFalse();
    }

    @Test
    void aReplyThatWasNotTakenIsTheNextCallsAndOnlyIts() {
        CompletableFuture<Reply> lost = test.desk.awaitReply(A, "call-1", LONG);
        assertThat(test.take("a", "blue", "m1")).isTrue();
        test.queue.add("a", "later", Optional.empty(), "k1");
        assertThat(now(lost)).isEqualTo(new Reply.Answered("blue"));
        test.desk.replyUntaken(A, "call-1");
        test.desk.replyUntaken(A, "call-1");
        test.reopen();
        assertThat(test.take("a", "blue", "m1")).as("the same message again").isTrue();
        assertThat(now(test.desk.awaitReply(A, "call-2", LONG))).isEqualTo(new Reply.Answered("blue"));
        test.desk.replyUntaken(A, "call-1");
        assertThat(now(test.desk.awaitReply(A, "call-3", LONG))).isEqualTo(new Reply.Answered("later"));
        assertThat(test.queue.waiting("a")).isZero();
    }

    @Test
    void aQueuedMessageThatWasNotTakenIsItselfAgain() {
        Origin origin = new Origin("telegram", "1", Optional.empty(), "77");
        long id = test.queue
                .add("a", "first", Optional.of(origin), "k1")
                .orElseThrow()
                .id();
        test.queue.add("a", "second", Optional.empty(), "k2");
        assertThat(now(test.desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        test.desk.replyUntaken(A, "call-1");
        assertThat(test.queue.head("a").map(Message::id)).contains(id);
        assertThat(test.queue.head("a").flatMap(Message::origin)).contains(origin);
        assertThat(now(test.desk.awaitReply(A, "call-1", LONG))).isEqualTo(new Reply.Answered("first"));
        test.desk.replyUntaken(A, "call-1");
        assertThat(test.queue.head("a").map(Message::id)).contains(id);
    }

    @Test
    void aReplyThatWasNotTakenGoesToACallThatWaits() {
        CompletableFuture<Reply> lost = test.desk.awaitReply(A, "call-1", LONG);
        CompletableFuture<Reply> next = test.desk.awaitReply(A, "call-2", LONG);
        CompletableFuture<Reply> others = test.desk.awaitReply(B, "call-3", LONG);
        test.take("a", "blue", "m1");
        assertThat(now(lost)).isEqualTo(new Reply.Answered("blue"));
        test.desk.replyUntaken(B, "call-1");
        assertThat(next).isNotDone();
        test.desk.replyUntaken(A, "call-1");
        assertThat(now(next)).isEqualTo(new Reply.Answered("blue"));
        assertThat(others).isNotDone();
        assertThat(test.queue.waiting("a")).isZero();
    }
}
