package dev.agentctl.chat;

import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The calls that wait at the desk: for what becomes of a question, or for the next message to a session. They are not
/// durable, and come again after a restart with the same key.
///
/// To be used under the desk's lock. What ends a call is returned and run without it, for it goes on with the call.
final class WaitingCalls {
    private final ReentrantLock desk;
    private final List<ForAnswer> answers = new ArrayList<>(); // guarded by desk
    private final List<ForReply> replies = new ArrayList<>(); // guarded by desk

    private record ForAnswer(String question, CompletableFuture<QuestionState> answer) {}

    /// One that waits for a message.
    record ForReply(String session, String callKey, Instant since, CompletableFuture<Reply> reply) {}

    /// @param desk the lock of the desk
    WaitingCalls(ReentrantLock desk) {
        this.desk = desk;
    }

    /// @param outcome what becomes of the question where nobody has answered it by then; asked without the lock
    CompletableFuture<QuestionState> forAnswer(String question, Duration timeout, Supplier<QuestionState> outcome) {
        ForAnswer call = new ForAnswer(question, new CompletableFuture<>());
        answers.add(call);
        var _ = call.answer.whenComplete((_, _) -> leaves(answers, call));
        after(timeout, call.answer, () -> giveUp(call, outcome.get()));
        return call.answer;
    }

    CompletableFuture<Reply> forReply(String session, String callKey, Instant since, Duration timeout) {
        ForReply call = new ForReply(session, callKey, since, new CompletableFuture<>());
        replies.add(call);
        var _ = call.reply.whenComplete((_, _) -> leaves(replies, call));
        after(timeout, call.reply, () -> giveUp(call));
        return call.reply;
    }

    /// Does something after a time, unless a call has ended by then; an ended one leaves no timer behind for days.
    private static void after(Duration time, CompletableFuture<?> call, Runnable task) {
        // never early: what is over at the end of a millisecond is not over before
        long millis = Math.max(0, time.toMillis()) + 1;
        CompletableFuture<Boolean> timer =
                new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
        var _ = timer.thenAcceptAsync(_ -> task.run());
        var _ = call.whenComplete((_, _) -> timer.cancel(false));
    }

    private <T> boolean leaves(List<T> waiting, T call) {
        desk.lock();
        try {
            return waiting.remove(call);
        } finally {
            desk.unlock();
        }
    }

    /// Whoever takes a call out of its list ends it, so that nothing is given to one that has timed out.
    private void giveUp(ForReply call) {
        if (leaves(replies, call)) {
            call.reply.complete(new Reply.TimedOut());
        }
    }

    private void giveUp(ForAnswer call, QuestionState outcome) {
        if (leaves(answers, call)) {
            call.answer.complete(outcome);
        }
    }

    /// Ends all that wait for a question.
    List<Runnable> answered(String question, QuestionState state) {
        List<Runnable> ends = new ArrayList<>();
        for (ForAnswer call : List.copyOf(answers)) {
            if (call.question.equals(question)) {
                answers.remove(call);
                ends.add(() -> call.answer.complete(state));
            }
        }
        return ends;
    }

    boolean isAwaited(String question) {
        return answers.stream().anyMatch(call -> call.question.equals(question));
    }

    /// The one that has waited longest for a message to a session.
    Optional<ForReply> first(String session) {
        return replies.stream().filter(call -> call.session.equals(session)).findFirst();
    }

    /// Gives a message to a call, which may wait twice where it was repeated after a lost connection.
    List<Runnable> replied(ForReply to, String text) {
        List<Runnable> ends = new ArrayList<>();
        for (ForReply call : List.copyOf(replies)) {
            if (call.session.equals(to.session) && call.callKey.equals(to.callKey)) {
                replies.remove(call);
                ends.add(() -> call.reply.complete(new Reply.Answered(text)));
            }
        }
        return ends;
    }
}
