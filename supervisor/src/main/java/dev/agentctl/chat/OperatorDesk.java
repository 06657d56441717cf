package dev.agentctl.chat;

import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Enclosure;
import dev.agentctl.tools.Notice;
import dev.agentctl.tools.Operator;
import dev.agentctl.tools.Question;
import dev.agentctl.tools.QuestionState;
import dev.agentctl.tools.Reply;
import dev.agentctl.tools.SessionContext;
import dev.agentctl.tools.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Where agents' questions and operators' answers meet. A question and what was answered are durable; the calls that
/// wait are not, and come again after a restart with the same key.
///
/// A message to a session answers the oldest of what it waits for: its open questions and its waiting calls.
public final class OperatorDesk implements Operator, Waiters {
    private final QuestionBook book;
    private final ButtonBook buttons;
    private final Post post;
    private final Function<Caller, SessionContext> contexts;
    private final Askers askers;
    private final AgentWords words;
    private final LateAnswers late;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<AnswerWait> answers = new ArrayList<>(); // guarded by lock
    private final List<ReplyWait> replies = new ArrayList<>(); // guarded by lock

    private record AnswerWait(String session, String question, CompletableFuture<QuestionState> answer) {}

    private record ReplyWait(String session, String callKey, Instant since, CompletableFuture<Reply> reply) {}

    /// @param contexts what is known of a caller's session
    public OperatorDesk(
            QuestionBook book,
            ButtonBook buttons,
            Post post,
            Function<Caller, SessionContext> contexts,
            Askers askers,
            InstantSource clock) {
        this.book = book;
        this.buttons = buttons;
        this.post = post;
        this.contexts = contexts;
        this.askers = askers;
        this.words = new AgentWords(post, contexts);
        this.late = new LateAnswers(book, askers);
        this.clock = clock;
    }

    @Override
    public void tell(Caller caller, Notice notice) {
        words.tell(caller, notice);
    }

    @Override
    public void tell(Caller caller, Notice notice, String callKey) {
        words.tell(caller, notice, callKey);
    }

    @Override
    public Shown show(Caller caller, Enclosure enclosure, String callKey) {
        return words.show(caller, enclosure, callKey);
    }

    @Override
    public String ask(Caller caller, Question question, String callKey) {
        Instant expires = clock.instant().plus(question.timeout());
        AskedQuestion asked = book.ask(
                        caller.session(), caller.generation(), callKey, question.text(), question.options(), expires)
                .question();
        if (asked.state() == AskedQuestion.State.OPEN) {
            post.sendOnce("question:" + asked.id(), QuestionCard.of(question, asked, buttons));
        }
        return asked.id();
    }

    @Override
    public QuestionState look(Caller caller, String questionId) {
        expire(questionId);
        Optional<AskedQuestion> question = book.find(caller.session(), questionId);
        if (question.isEmpty()) {
            return new QuestionState.Unknown(questionId);
        }
        if (question.get().state() == AskedQuestion.State.ANSWERED && book.toldOtherwise(questionId, true)) {
            askers.queueChanged(caller.session());
        }
        return state(question.get());
    }

    /// Ends the questions whose time is over and says so, to the chats and to the calls that wait.
    public void expireDue() {
        for (AskedQuestion question : book.due()) {
            expire(question.id());
        }
    }

    private void expire(String questionId) {
        if (book.expire(questionId)) {
            book.find(questionId).ifPresent(this::expired);
        }
    }

    private void expired(AskedQuestion question) {
        post.sendOnce(
                "expired:" + question.id(),
                AgentWords.text(
                        question.session(),
                        "⌛ question " + question.id() + " has expired unanswered: "
                                + QuestionCard.quoted(question.text())));
        settled(question, "⌛ expired unanswered");
        List<AnswerWait> ended;
        lock.lock();
        try {
            ended = waitsFor(question.id());
        } finally {
            lock.unlock();
        }
        ended.forEach(wait -> wait.answer.complete(new QuestionState.Expired(question.id())));
    }

    private void settled(AskedQuestion question, String outcome) {
        post.sendOnce("question-end:" + question.id(), QuestionCard.settled(question, outcome));
    }

    private static QuestionState state(AskedQuestion question) {
        return switch (question.state()) {
            case OPEN -> new QuestionState.Pending(question.id());
            case ANSWERED ->
                new QuestionState.Answered(question.id(), question.answer().orElse(""));
            case EXPIRED -> new QuestionState.Expired(question.id());
        };
    }

    @Override
    public CompletableFuture<QuestionState> awaitAnswer(Caller caller, String questionId, Duration timeout) {
        CompletableFuture<QuestionState> answer = new CompletableFuture<>();
        lock.lock();
        try {
            QuestionState now = look(caller, questionId);
            if (!(now instanceof QuestionState.Pending)) {
                return CompletableFuture.completedFuture(now);
            }
            book.awaits(questionId);
            AnswerWait wait = new AnswerWait(caller.session(), questionId, answer);
            answers.add(wait);
            var _ = answer.whenComplete((_, _) -> forget(() -> answers.remove(wait)));
        } finally {
            lock.unlock();
        }
        long millis =
                Math.min(timeout.toMillis(), untilExpiry(caller, questionId).toMillis());
        after(millis, answer, () -> answer.complete(look(caller, questionId)));
        return answer;
    }

    /// Does something after a time, unless a wait has ended by then; an ended one leaves no timer behind for days.
    private static void after(long millis, CompletableFuture<?> wait, Runnable task) {
        CompletableFuture<Boolean> timer =
                new CompletableFuture<Boolean>().completeOnTimeout(true, Math.max(1, millis), TimeUnit.MILLISECONDS);
        var _ = timer.thenAcceptAsync(_ -> task.run());
        var _ = wait.whenComplete((_, _) -> timer.cancel(false));
    }

    private Duration untilExpiry(Caller caller, String questionId) {
        return book.find(caller.session(), questionId)
                .map(question -> Duration.between(clock.instant(), question.expires()))
                .orElse(Duration.ZERO);
    }

    @Override
    public CompletableFuture<Reply> awaitReply(Caller caller, String callKey, Duration timeout) {
        String session = caller.session();
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        lock.lock();
        try {
            Optional<String> before = book.replyTo(session, callKey);
            if (before.isPresent()) {
                return CompletableFuture.completedFuture(new Reply.Answered(before.get()));
            }
            Optional<Message> queued = book.replyFromQueue(session, callKey);
            if (queued.isPresent()) {
                queued.get().origin().ifPresent(this::accepted);
                askers.queueChanged(session);
                return CompletableFuture.completedFuture(
                        new Reply.Answered(queued.get().text()));
            }
            ReplyWait wait = new ReplyWait(session, callKey, clock.instant(), reply);
            replies.add(wait);
            var _ = reply.whenComplete((_, _) -> forget(() -> replies.remove(wait)));
            after(timeout.toMillis(), reply, () -> giveUp(wait));
        } finally {
            lock.unlock();
        }
        return reply;
    }

    @Override
    public void replyUntaken(Caller caller, String callKey) {
        String session = caller.session();
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            if (!book.takeBack(session, callKey, askers::safe)) {
                return;
            }
            waiting(session).ifPresent(wait -> fromQueue(wait, wake));
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
        askers.queueChanged(session);
    }

    /// Gives the first message of the queue to a call that began to wait when there was none.
    private void fromQueue(ReplyWait wait, List<Runnable> wake) {
        book.replyFromQueue(wait.session, wait.callKey).ifPresent(message -> wake(wait, message.text(), wake));
    }

    @Override
    public void answerUntaken(Caller caller, String questionId) {
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            book.find(caller.session(), questionId).ifPresent(question -> untaken(question, wake));
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
    }

    private void untaken(AskedQuestion question, List<Runnable> wake) {
        book.unheard(question.id());
        question.answer().ifPresent(text -> tellLate(question, text, wake));
    }

    /// Gives up the calls that waited for an answer when a former supervisor ended and have not come back: their
    /// clients may have given up while nobody was there to be told. One that comes back later gets its answer even
    /// then, unless that was typed.
    public void giveUpLost() {
        book.awaited().forEach(this::giveUpLost);
    }

    private void giveUpLost(String questionId) {
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            if (waitsFor(questionId).isEmpty()) {
                book.find(questionId).ifPresent(question -> untaken(question, wake));
            }
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
    }

    private void tellLate(AskedQuestion question, String text, List<Runnable> wake) {
        late.tell(question, text);
        waiting(question.session()).ifPresent(wait -> fromQueue(wait, wake));
        askers.queueChanged(question.session());
    }

    /// Whoever takes a wait out of the list ends it, so that no message goes to one that has timed out.
    private void giveUp(ReplyWait wait) {
        boolean waited;
        lock.lock();
        try {
            waited = replies.remove(wait);
        } finally {
            lock.unlock();
        }
        if (waited) {
            wait.reply.complete(new Reply.TimedOut());
        }
    }

    private void accepted(Origin origin) {
        ChatAddress address = new ChatAddress(origin.chat(), origin.room(), origin.thread());
        post.send(new Outgoing.Receipt(Optional.of(address), origin.messageId(), Outgoing.Progress.ACCEPTED));
    }

    private void forget(Runnable removal) {
        lock.lock();
        try {
            removal.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SessionContext context(Caller caller) {
        return contexts.apply(caller);
    }

    @Override
    public Outcome take(String session, String text, String key) {
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            if (book.taken(key)) {
                return Outcome.KEPT;
            }
            Optional<AskedQuestion> question = book.oldestOpen(session);
            Optional<ReplyWait> waiting = waiting(session);
            boolean questionFirst = question.isPresent()
                    && (waiting.isEmpty()
                            || !waiting.get().since.isBefore(question.get().asked()));
            if (questionFirst) {
                return answer(question.get(), text, key, wake);
            }
            if (waiting.isPresent()) {
                book.reply(session, waiting.get().callKey, text, key);
                wake(waiting.get(), text, wake);
                return Outcome.TAKEN;
            }
            return Outcome.UNKNOWN;
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
    }

    @Override
    public Outcome answer(String question, String text, String key) {
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            if (book.taken(key)) {
                return Outcome.KEPT;
            }
            expire(question);
            Optional<AskedQuestion> asked = book.find(question);
            if (asked.isEmpty()) {
                return Outcome.UNKNOWN;
            }
            return switch (asked.get().state()) {
                case OPEN -> answer(asked.get(), text, key, wake);
                case ANSWERED -> Outcome.ANSWERED_BEFORE;
                case EXPIRED -> Outcome.EXPIRED;
            };
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
    }

    /// A call that was repeated after a lost connection may wait twice.
    private void wake(ReplyWait call, String text, List<Runnable> wake) {
        for (ReplyWait wait : List.copyOf(replies)) {
            if (wait.session.equals(call.session) && wait.callKey.equals(call.callKey)) {
                replies.remove(wait);
                wake.add(() -> wait.reply.complete(new Reply.Answered(text)));
            }
        }
    }

    private Outcome answer(AskedQuestion question, String text, String key, List<Runnable> wake) {
        List<AnswerWait> heard = waitsFor(question.id());
        if (!book.answer(question.id(), text, key, !heard.isEmpty())) {
            return Outcome.ANSWERED_BEFORE;
        }
        settled(question, "✅ answered: " + SessionText.code(QuestionCard.quoted(text)));
        heard.forEach(wait -> wake.add(() -> wait.answer.complete(new QuestionState.Answered(question.id(), text))));
        if (heard.isEmpty() && (question.unheard() || isOfAnotherChild(question))) {
            tellLate(question, text, wake);
        }
        return heard.isEmpty() ? Outcome.KEPT : Outcome.TAKEN;
    }

    private List<AnswerWait> waitsFor(String questionId) {
        return answers.stream().filter(wait -> wait.question.equals(questionId)).toList();
    }

    private boolean isOfAnotherChild(AskedQuestion question) {
        return question.generation() >= 0 && question.generation() != askers.generation(question.session());
    }

    private Optional<ReplyWait> waiting(String session) {
        return replies.stream().filter(wait -> wait.session.equals(session)).findFirst();
    }
}
