package dev.agentctl.chat;

import dev.agentctl.chat.Outgoing.Progress;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where agents' questions and operators' answers meet. A question and what was answered are durable; the calls that
/// wait ([WaitingCalls]) are not.
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
    private final WaitingCalls calls = new WaitingCalls(lock);

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
        if (question.get().state() == AskedQuestion.State.ANSWERED) {
            if (book.toldOtherwise(questionId, true)) {
                askers.queueChanged(caller.session());
            }
            book.forgetAnsweredFrom(questionId).ifPresent(origin -> receipt(origin, Progress.ACCEPTED));
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
        act(wake -> wake.addAll(calls.answered(question.id(), new QuestionState.Expired(question.id()))));
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
        lock.lock();
        try {
            QuestionState now = look(caller, questionId);
            if (!(now instanceof QuestionState.Pending)) {
                return CompletableFuture.completedFuture(now);
            }
            book.awaits(questionId);
            Duration open = untilExpiry(caller, questionId);
            Duration first = open.compareTo(timeout) < 0 ? open : timeout;
            return calls.forAnswer(questionId, first, () -> look(caller, questionId));
        } finally {
            lock.unlock();
        }
    }

    private Duration untilExpiry(Caller caller, String questionId) {
        return book.find(caller.session(), questionId)
                .map(question -> Duration.between(clock.instant(), question.expires()))
                .orElse(Duration.ZERO);
    }

    @Override
    public CompletableFuture<Reply> awaitReply(Caller caller, String callKey, Duration timeout) {
        String session = caller.session();
        lock.lock();
        try {
            Optional<String> before = book.replyTo(session, callKey);
            if (before.isPresent()) {
                return CompletableFuture.completedFuture(new Reply.Answered(before.get()));
            }
            Optional<Message> queued = book.replyFromQueue(session, callKey);
            if (queued.isPresent()) {
                queued.get().origin().ifPresent(origin -> receipt(origin, Progress.ACCEPTED));
                askers.queueChanged(session);
                return CompletableFuture.completedFuture(
                        new Reply.Answered(queued.get().text()));
            }
            return calls.forReply(session, callKey, clock.instant(), timeout);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void replyUntaken(Caller caller, String callKey) {
        String session = caller.session();
        boolean back = decide(wake -> {
            boolean taken = book.takeBack(session, callKey, askers::safe);
            if (taken) {
                fromQueue(session, wake);
            }
            return taken;
        });
        if (back) {
            askers.queueChanged(session);
        }
    }

    /// Gives the first message of the queue to a call that began to wait when there was none.
    private void fromQueue(String session, List<Runnable> wake) {
        calls.first(session)
                .ifPresent(call -> book.replyFromQueue(session, call.callKey()).ifPresent(message -> {
                    message.origin().ifPresent(origin -> receipt(origin, Progress.ACCEPTED));
                    wake.addAll(calls.replied(call, message.text()));
                }));
    }

    @Override
    public void answerUntaken(Caller caller, String questionId) {
        act(wake -> book.find(caller.session(), questionId).ifPresent(question -> untaken(question, wake)));
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
        act(wake -> {
            if (!calls.isAwaited(questionId)) {
                book.find(questionId).ifPresent(question -> untaken(question, wake));
            }
        });
    }

    private void tellLate(AskedQuestion question, String text, List<Runnable> wake) {
        late.tell(question, text);
        fromQueue(question.session(), wake);
        askers.queueChanged(question.session());
    }

    /// Sent before the agent goes on, so that what it says next comes after.
    private void receipt(Origin origin, Progress progress) {
        post.send(Outgoing.Receipt.of(origin, progress));
    }

    @Override
    public SessionContext context(Caller caller) {
        return contexts.apply(caller);
    }

    @Override
    public Outcome take(String session, String text, Optional<Origin> origin, String key) {
        return decide(wake -> book.taken(key) ? Outcome.KEPT : take(session, text, origin, key, wake));
    }

    private Outcome take(String session, String text, Optional<Origin> origin, String key, List<Runnable> wake) {
        Optional<AskedQuestion> question = book.oldestOpen(session);
        Optional<WaitingCalls.ForReply> call = calls.first(session);
        boolean questionFirst = question.isPresent()
                && (call.isEmpty()
                        || !call.get().since().isBefore(question.get().asked()));
        if (questionFirst) {
            return answer(question.get(), text, origin, key, wake);
        }
        if (call.isPresent()) {
            book.reply(session, call.get().callKey(), text, key);
            origin.ifPresent(from -> receipt(from, Progress.ACCEPTED));
            wake.addAll(calls.replied(call.get(), text));
            return Outcome.TAKEN;
        }
        return Outcome.UNKNOWN;
    }

    @Override
    public Outcome answer(String question, String text, Optional<Origin> origin, String key) {
        return decide(wake -> book.taken(key) ? Outcome.KEPT : answer(question, text, origin, key, wake));
    }

    private Outcome answer(String question, String text, Optional<Origin> origin, String key, List<Runnable> wake) {
        expire(question);
        Optional<AskedQuestion> asked = book.find(question);
        if (asked.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        return switch (asked.get().state()) {
            case OPEN -> answer(asked.get(), text, origin, key, wake);
            case ANSWERED -> Outcome.ANSWERED_BEFORE;
            case EXPIRED -> Outcome.EXPIRED;
        };
    }

    private Outcome answer(
            AskedQuestion question, String text, Optional<Origin> origin, String key, List<Runnable> wake) {
        boolean heard = calls.isAwaited(question.id());
        if (!book.answer(question.id(), text, origin, key, heard)) {
            return Outcome.ANSWERED_BEFORE;
        }
        settled(question, "✅ answered: " + SessionText.code(QuestionCard.quoted(text)));
        origin.ifPresent(from -> receipt(from, heard ? Progress.ACCEPTED : Progress.STORED));
        wake.addAll(calls.answered(question.id(), new QuestionState.Answered(question.id(), text)));
        if (!heard && (question.unheard() || isOfAnotherChild(question))) {
            tellLate(question, text, wake);
        }
        return heard ? Outcome.TAKEN : Outcome.KEPT;
    }

    private boolean isOfAnotherChild(AskedQuestion question) {
        return question.generation() >= 0 && question.generation() != askers.generation(question.session());
    }

    private void act(Consumer<List<Runnable>> act) {
        boolean _ = decide(wake -> {
            act.accept(wake);
            return true;
        });
    }

    /// Decides under the lock, and without it ends the calls that are to wake.
    private <T> T decide(Function<List<Runnable>, T> decision) {
        List<Runnable> wake = new ArrayList<>();
        lock.lock();
        try {
            return decision.apply(wake);
        } finally {
            lock.unlock();
            wake.forEach(Runnable::run);
        }
    }
}
