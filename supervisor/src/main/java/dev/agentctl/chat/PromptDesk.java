package dev.agentctl.chat;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.StoredPrompt.State;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Approvals.Unattended;
import dev.agentctl.session.Dialogs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where agents' dialogs and operators' decisions meet. What is asked and what was decided is durable; the hooks
/// that wait are not, and come back after a restart with the same key. The first answer wins, from wherever it
/// comes, and every card tells which it was.
public final class PromptDesk implements Dialogs {
    private static final Logger LOG = LoggerFactory.getLogger(PromptDesk.class);
    /// A hook that does not come back so long after a start of the supervisor has ended.
    private static final Duration COMES_BACK = Duration.ofSeconds(60);
    /// How far back a change of a card may have been lost with a supervisor.
    private static final Duration RECENT = Duration.ofDays(1);

    /// Begins the names of its cards; the prompt's id follows.
    static final String CARD = "prompt:";

    private final PromptBook book;
    private final ButtonBook buttons;
    private final Post post;
    private final InstantSource clock;
    private final ScheduledExecutorService timers;
    private final Map<String, List<CompletableFuture<Verdict>>> waiting = new ConcurrentHashMap<>();

    public PromptDesk(
            PromptBook book, ButtonBook buttons, Post post, InstantSource clock, ScheduledExecutorService timers) {
        this.book = book;
        this.buttons = buttons;
        this.post = post;
        this.clock = clock;
        this.timers = timers;
    }

    /// Takes up what a former supervisor left: cards that were not changed any more, dialogs whose hooks must come
    /// back.
    public void recover() {
        book.settledSince(clock.instant().minus(RECENT)).forEach(this::change);
        for (StoredPrompt prompt : book.open()) {
            expireAt(prompt);
            var _ = timers.schedule(() -> settleIfAlone(prompt), COMES_BACK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void settleIfAlone(StoredPrompt prompt) {
        if (!waiting.containsKey(prompt.id())) {
            settle(prompt.id(), State.SETTLED, Optional.empty(), "the agent no longer waits for it");
        }
    }

    @Override
    public CompletableFuture<Verdict> ask(Request request) {
        Approvals approvals = request.project().approvals();
        StoredPrompt prompt = book.open(new PromptBook.Opening(
                request.project().name(),
                request.generation(),
                request.key(),
                request.payload(),
                clock.instant().plus(approvals.timeout()),
                approvals.unattended() == Unattended.DENY));
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        waiting.merge(prompt.id(), List.of(verdict), PromptDesk::joined);
        if (prompt.state() == State.OPEN) {
            post.sendOnce("prompt:" + prompt.id(), card(request, prompt));
            expireAt(prompt);
        }
        // it may have been settled before this hook waited
        book.find(prompt.id()).filter(now -> now.state() != State.OPEN).ifPresent(this::wake);
        return verdict;
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Outgoing card(Request request, StoredPrompt prompt) {
        Dialog.Matter matter = request.dialog().matter();
        Unattended unattended = request.project().approvals().unattended();
        String markdown = PromptText.card(
                        request.dialog(),
                        prompt.id(),
                        request.project().directory().toString(),
                        prompt.expires(),
                        unattended)
                + "\n" + PromptText.hint(matter, prompt.id());
        List<List<Button>> rows = Stream.concat(
                        PromptText.actions(matter, prompt.id()).stream(),
                        Stream.of(List.of(PromptText.reason(prompt.id()))))
                .map(row -> row.stream().map(offer -> button(offer, prompt)).toList())
                .toList();
        return new Outgoing.Card(
                Kind.QUESTION,
                Optional.empty(),
                Optional.of(prompt.session()),
                cardName(prompt),
                markdown,
                rows,
                Optional.empty());
    }

    private Button button(PromptText.Offer offer, StoredPrompt prompt) {
        return buttons.button(offer.label(), offer.command(), prompt.id(), prompt.hash(), prompt.expires());
    }

    private static String cardName(StoredPrompt prompt) {
        return CARD + prompt.id();
    }

    private void expireAt(StoredPrompt prompt) {
        long millis = Duration.between(clock.instant(), prompt.expires()).toMillis();
        var _ = timers.schedule(() -> expire(prompt), Math.max(1, millis), TimeUnit.MILLISECONDS);
    }

    private void expire(StoredPrompt prompt) {
        try {
            boolean deny = prompt.expiryDenies();
            settle(
                    prompt.id(),
                    State.EXPIRED,
                    deny ? Optional.of(new Decision.Deny("No operator answered in time.")) : Optional.empty(),
                    deny ? "expired without an answer: refused" : "expired; answer at its terminal");
        } catch (RuntimeException e) {
            LOG.warn("prompt {} could not be expired: {}", prompt.id(), e.getMessage());
        }
    }

    @Override
    public void settle(String session, String key, String how) {
        book.find(session, key).ifPresent(prompt -> settle(prompt.id(), State.SETTLED, Optional.empty(), how));
    }

    @Override
    public void settleAll(String session, String how) {
        book.open().stream()
                .filter(prompt -> prompt.session().equals(session))
                .forEach(prompt -> settle(prompt.id(), State.SETTLED, Optional.empty(), how));
    }

    private boolean settle(String id, State state, Optional<Decision> decision, String by) {
        boolean first = book.settle(id, state, decision.map(Choice::write), by);
        if (first) {
            book.find(id).ifPresent(prompt -> {
                wake(prompt);
                change(prompt);
            });
        }
        return first;
    }

    private void wake(StoredPrompt prompt) {
        List<CompletableFuture<Verdict>> waits = waiting.remove(prompt.id());
        if (waits != null) {
            Verdict verdict = verdict(prompt);
            waits.forEach(wait -> wait.complete(verdict));
        }
    }

    private static Verdict verdict(StoredPrompt prompt) {
        return prompt.decision()
                .<Verdict>map(decision ->
                        new Verdict.Decided(Choice.read(decision), prompt.by().orElse("decided")))
                .orElse(new Verdict.LeftToTerminal());
    }

    private void change(StoredPrompt prompt) {
        post.sendOnce(
                "prompt-end:" + prompt.id(),
                new Outgoing.CardChange(
                        Optional.empty(),
                        Optional.of(prompt.session()),
                        cardName(prompt),
                        sign(prompt) + " " + SafeText.of(prompt.by().orElse(""))));
    }

    private static String sign(StoredPrompt prompt) {
        return switch (prompt.state()) {
            case OPEN, SETTLED -> "▪";
            case EXPIRED -> "⌛";
            case DECIDED ->
                prompt.decision().map(Choice::read).orElse(new Decision.Deny("")) instanceof Decision.Deny ? "❌" : "✅";
        };
    }

    /// What came of a decision.
    public sealed interface Decided {
        /// In words, such as `allowed by ann in the console`.
        String words();

        record Done(String words) implements Decided {}

        /// One of several choices is kept; the others are still to come.
        record Noted(String words) implements Decided {}

        /// Someone or something was first.
        record TooLate(String words) implements Decided {}

        record Unfit(String words) implements Decided {}

        record Unknown(String words) implements Decided {}
    }

    /// Decides a dialog, if it is open and the choice fits it.
    ///
    /// @param who such as `ann in the console`
    public Decided decide(String id, Choice choice, String who) {
        Optional<StoredPrompt> found = book.find(id);
        if (found.isEmpty()) {
            return new Decided.Unknown("There is no prompt `" + SafeText.of(id) + "`.");
        }
        StoredPrompt prompt = found.get();
        if (prompt.state() != State.OPEN) {
            return tooLate(id);
        }
        return switch (ChoiceRules.judge(dialog(prompt), id, choice)) {
            case ChoiceRules.Judged.Unfit(String why) -> new Decided.Unfit(why);
            case ChoiceRules.Judged.Fits(Decision decision) -> {
                String by = words(dialog(prompt), decision) + " by " + who;
                yield settle(id, State.DECIDED, Optional.of(decision), by) ? new Decided.Done(by) : tooLate(id);
            }
        };
    }

    /// Chooses an option of one of a dialog's questions; with the last choice it is answered.
    public Decided pick(String id, int question, int option, String who) {
        Optional<StoredPrompt> open = book.find(id).filter(prompt -> prompt.state() == State.OPEN);
        if (open.isEmpty()) {
            return tooLate(id);
        }
        if (!(dialog(open.get()).matter() instanceof Dialog.Matter.Questions(List<Dialog.Asked> questions))
                || !Picks.has(questions, question, option)) {
            return new Decided.Unfit("There is no such option.");
        }
        Dialog.Asked asked = questions.get(question - 1);
        book.pick(id, question, option, asked.several());
        Picks picks = new Picks(questions, book.picks(id));
        return picks.areComplete()
                ? decide(id, new Choice.Answer(picks.text()), who)
                : new Decided.Noted("Chosen: "
                        + Visible.line(asked.options().get(option - 1).label())
                        + picks.missing()
                                .map(next -> "; question " + next + " is still open.")
                                .orElse("; send the answers when you have chosen all."));
    }

    /// Answers a dialog with what was chosen of it.
    public Decided sendPicks(String id, String who) {
        Optional<StoredPrompt> open = book.find(id).filter(prompt -> prompt.state() == State.OPEN);
        if (open.isEmpty()) {
            return tooLate(id);
        }
        if (!(dialog(open.get()).matter() instanceof Dialog.Matter.Questions(List<Dialog.Asked> questions))) {
            return new Decided.Unfit("It asks no questions.");
        }
        Picks picks = new Picks(questions, book.picks(id));
        Optional<Integer> missing = picks.missing();
        return missing.isPresent()
                ? new Decided.Unfit("Nothing is chosen for question " + missing.get()
                        + " yet. When all is chosen, write `/picked " + id + "`.")
                : decide(id, new Choice.Answer(picks.text()), who);
    }

    /// What a dialog may be told in words.
    enum Wanted {
        AN_ANSWER,
        APPROVAL,
        /// It is settled, or there is none.
        NOTHING
    }

    Wanted wants(String id) {
        return book.find(id)
                .filter(prompt -> prompt.state() == State.OPEN)
                .map(prompt -> switch (dialog(prompt).matter()) {
                    case Dialog.Matter.Questions _ -> Wanted.AN_ANSWER;
                    case Dialog.Matter.Approval _, Dialog.Matter.Plan _ -> Wanted.APPROVAL;
                })
                .orElse(Wanted.NOTHING);
    }

    private Decided tooLate(String id) {
        return new Decided.TooLate("Nothing was done: it is already "
                + book.find(id).flatMap(StoredPrompt::by).orElse("settled") + ".");
    }

    private static String words(Dialog dialog, Decision decision) {
        return switch (decision) {
            case Decision.Allow() -> "allowed";
            case Decision.Always(int offer) ->
                "allowed, and always: "
                        + Visible.line(PromptText.offers(dialog.matter()).get(offer)) + ",";
            case Decision.Deny _ -> "denied";
            case Decision.Answer(List<String> answers) -> "answered \"" + String.join("; ", answers) + "\"";
        };
    }

    /// The dialogs that wait for a decision, oldest first.
    public List<Pending> pending() {
        return book.open().stream()
                .map(prompt -> new Pending(
                        prompt.id(),
                        prompt.session(),
                        dialog(prompt).title(),
                        PromptText.body(dialog(prompt).matter()),
                        PromptText.actions(dialog(prompt).matter(), prompt.id()).stream()
                                .flatMap(List::stream)
                                .map(PromptText.Offer::command)
                                // in one go where there are no buttons
                                .filter(command -> !command.startsWith("/pick"))
                                .toList(),
                        prompt.asked(),
                        prompt.expires()))
                .toList();
    }

    /// A dialog that waits.
    ///
    /// @param text all that is asked, as Markdown
    /// @param commands the chat commands that decide it
    public record Pending(
            String id,
            String session,
            String title,
            String text,
            List<String> commands,
            Instant asked,
            Instant expires) {}

    private static Dialog dialog(StoredPrompt prompt) {
        return DialogReader.read(prompt.payload())
                .orElseThrow(() -> new IllegalStateException("prompt " + prompt.id() + " has no dialog"));
    }
}
