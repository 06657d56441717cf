package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An operator that remembers what reached it and answers when the test says so.
final class RecordingOperator implements Operator {
    record Told(Caller caller, Notice notice, String callKey) {}

    record Given(Caller caller, Enclosure enclosure, String callKey) {}

    record Asked(Caller caller, String id, Question question, String callKey) {}

    /// A wait that has begun: for an answer (`about` is the question's id) or for a reply (`about` is the call's key).
    record Wait(Caller caller, String about, Duration timeout, CompletableFuture<Object> end) {}

    final List<Told> told = new CopyOnWriteArrayList<>();
    final List<Given> given = new CopyOnWriteArrayList<>();
    volatile Shown shown = new Shown.Stored();
    final BlockingQueue<Wait> begun = new LinkedBlockingQueue<>();
    final BlockingQueue<String> untaken = new LinkedBlockingQueue<>();
    volatile @Nullable RuntimeException failure;

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /// The next wait that begins, in the order of their beginning.
    Wait nextWait() throws InterruptedException {
        Wait wait = begun.poll(30, TimeUnit.SECONDS);
        if (wait == null) {
            throw new AssertionError("no wait began");
        }
        return wait;
    }

    Asked question(String id) {
        return Optional.ofNullable(asked.get(id)).orElseThrow();
    }

    int questions() {
        return asked.size();
    }

    void answer(String id, String answer) {
        answers.put(id, answer);
    }

    @Override
    public void tell(Caller caller, Notice notice) {
        tell(caller, notice, "");
    }

    @Override
    public void tell(Caller caller, Notice notice, String callKey) {
        failIfTold();
        told.add(new Told(caller, notice, callKey));
    }

    @Override
    public Shown show(Caller caller, Enclosure enclosure, String callKey) {
        failIfTold();
        given.add(new Given(caller, enclosure, callKey));
        return shown;
    }

    @Override
    public String ask(Caller caller, Question question, String callKey) {
        failIfTold();
        for (Asked one : asked.values()) {
            if (one.caller().equals(caller) && one.callKey().equals(callKey)) {
                return one.id();
            }
        }
        return add(caller, question, callKey);
    }

    private synchronized String add(Caller caller, Question question, String callKey) {
        String id = "q" + (asked.size() + 1);
        asked.put(id, new Asked(caller, id, question, callKey));
        return id;
    }

    @Override
    public QuestionState look(Caller caller, String questionId) {
        failIfTold();
        Asked one = asked.get(questionId);
        if (one == null || !one.caller().equals(caller)) {
            return new QuestionState.Unknown(questionId);
        }
        String answer = answers.get(questionId);
        return answer == null ? new QuestionState.Pending(questionId) : new QuestionState.Answered(questionId, answer);
    }

    @Override
    public CompletableFuture<QuestionState> awaitAnswer(Caller caller, String questionId, Duration timeout) {
        return look(caller, questionId) instanceof QuestionState.Pending
                ? begin(caller, questionId, timeout)
                : CompletableFuture.completedFuture(look(caller, questionId));
    }

    @Override
    public CompletableFuture<Reply> awaitReply(Caller caller, String callKey, Duration timeout) {
        failIfTold();
        return begin(caller, callKey, timeout);
    }

    /// The test completes the wait with whatever the caller waits for.
    @SuppressWarnings("unchecked")
    private <T> CompletableFuture<T> begin(Caller caller, String about, Duration timeout) {
        CompletableFuture<T> end = new CompletableFuture<>();
        begun.add(new Wait(caller, about, timeout, (CompletableFuture<Object>) end));
        return end;
    }

    @Override
    public void replyUntaken(Caller caller, String callKey) {
        untaken.add(callKey);
    }

    @Override
    public void answerUntaken(Caller caller, String questionId) {
        untaken.add(questionId);
    }

    /// The next that came back: a reply's call key, or a question's id.
    String nextUntaken() throws InterruptedException {
        String next = untaken.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came back");
        }
        return next;
    }

    @Override
    public SessionContext context(Caller caller) {
        failIfTold();
        return new SessionContext(
                caller.session(), "claude", "/src/" + caller.session(), "working", Optional.of("c-1"), 2, true);
    }

    private void failIfTold() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
