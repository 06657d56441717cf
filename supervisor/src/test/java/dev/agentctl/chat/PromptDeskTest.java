package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Approvals.Unattended;
import dev.agentctl.project.Habits;
import dev.agentctl.project.Limits;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.project.Verbosity;
import dev.agentctl.session.Dialogs.Request;
import dev.agentctl.session.Dialogs.Verdict;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.PromptTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The desk on a real state file, with hooks and operators played by the test.
@Timeout(60)
class PromptDeskTest {
    private static final String BASH = "{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":\"Bash\","
            + "\"tool_input\":{\"command\":\"make\"}}";

    @TempDir
    Path folder;

    private Database database;
    private ButtonTable buttons;
    private ScheduledExecutorService timers;
    private PromptDesk desk;
    private final Shown shown = new Shown();

    /// Keeps what is shown, once for a key as the real one does.
    private static final class Shown implements Post {
        private final BlockingQueue<Outgoing> all = new LinkedBlockingQueue<>();
        private final Set<String> keys = new HashSet<>();

        @Override
        public void send(Outgoing outgoing) {
            all.add(outgoing);
        }

        @Override
        public synchronized void sendOnce(String key, Outgoing outgoing) {
            if (keys.add(key)) {
                all.add(outgoing);
            }
        }

        private <T extends Outgoing> T next(Class<T> kind) throws InterruptedException {
            Outgoing next = Objects.requireNonNull(all.poll(30, TimeUnit.SECONDS), "nothing was shown");
            assertThat(next).isInstanceOf(kind);
            return Objects.requireNonNull(kind.cast(next));
        }
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        buttons = new ButtonTable(database, InstantSource.system());
        timers = Executors.newSingleThreadScheduledExecutor();
        desk = newDesk();
    }

    /// What the next supervisor has.
    private PromptDesk newDesk() {
        return new PromptDesk(
                new PromptTable(database, InstantSource.system()), buttons, shown, InstantSource.system(), timers);
    }

    @AfterEach
    void close() {
        timers.shutdownNow();
        database.close();
    }

    private static Request request(String key, String payload, Approvals approvals) {
        Project project = new Project(
                "a",
                Path.of("/src/a"),
                AgentKind.CLAUDE,
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                true,
                RestartMode.NO,
                OnCrash.CONTINUE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Optional.empty(),
                false,
                false,
                approvals,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                List.of());
        return new Request(project, 1, key, DialogReader.read(payload).orElseThrow(), payload);
    }

    private CompletableFuture<Verdict> ask(String key) {
        return desk.ask(request(key, BASH, Approvals.DEFAULT));
    }

    private static String idOf(Outgoing.Card card) {
        return card.name().substring("prompt:".length());
    }

    @Test
    void theFirstAnswerWinsAndTheOthersAreTold() throws InterruptedException {
        CompletableFuture<Verdict> verdict = ask("1");
        Outgoing.Card card = shown.next(Outgoing.Card.class);
        assertThat(card.markdown()).contains("`Bash`", "make", "`/src/a`");
        String id = idOf(card);
        assertThat(desk.decide(id, new Choice.Allow(), "ann in the console"))
                .isEqualTo(new PromptDesk.Decided.Done("allowed by ann in the console"));
        assertThat(desk.decide(id, new Choice.Deny(""), "bob in telegram"))
                .isInstanceOf(PromptDesk.Decided.TooLate.class)
                .extracting(PromptDesk.Decided::words)
                .asString()
                .contains("already allowed by ann in the console");
        assertThat(verdict.join())
                .isEqualTo(new Verdict.Decided(new Decision.Allow(), "allowed by ann in the console"));
        assertThat(shown.next(Outgoing.CardChange.class).outcome()).isEqualTo("✅ allowed by ann in the console");
        assertThat(desk.pending()).isEmpty();
    }

    @Test
    void aButtonIsBoundToItsPrompt() throws InterruptedException {
        var _ = ask("1");
        Outgoing.Card card = shown.next(Outgoing.Card.class);
        Button allow = card.rows().getFirst().getFirst();
        assertThat(buttons.take(allow.action(), "ann", "p1"))
                .isEqualTo(new ButtonBook.Taken.Command("/allow " + idOf(card)));
        assertThat(buttons.take(allow.action(), "bob", "p2")).isInstanceOf(ButtonBook.Taken.Used.class);
    }

    @Test
    void aHookThatComesBackContinuesItsPrompt() throws InterruptedException {
        var _ = ask("1");
        Outgoing.Card card = shown.next(Outgoing.Card.class);
        desk = newDesk();
        desk.recover();
        CompletableFuture<Verdict> again = ask("1");
        desk.decide(idOf(card), new Choice.Deny("later"), "ann");
        assertThat(again.join()).isEqualTo(new Verdict.Decided(new Decision.Deny("later"), "denied by ann"));
        assertThat(shown.next(Outgoing.CardChange.class).outcome()).startsWith("❌ denied by ann");
        assertThat(shown.all).isEmpty();
    }

    @Test
    void aDecisionThatNoHookHeardIsGivenToTheOneThatComesBack() throws InterruptedException {
        var _ = ask("1");
        Outgoing.Card card = shown.next(Outgoing.Card.class);
        desk.decide(idOf(card), new Choice.Allow(), "ann");
        desk = newDesk();
        assertThat(ask("1").join()).isEqualTo(new Verdict.Decided(new Decision.Allow(), "allowed by ann"));
    }

    @Test
    void whatIsSettledAtTheTerminalCannotBeDecidedAnyMore() throws InterruptedException {
        CompletableFuture<Verdict> verdict = ask("1");
        Outgoing.Card card = shown.next(Outgoing.Card.class);
        desk.settle("a", "1", "allowed at the terminal");
        assertThat(verdict.join()).isEqualTo(new Verdict.LeftToTerminal());
        assertThat(desk.decide(idOf(card), new Choice.Allow(), "ann")).isInstanceOf(PromptDesk.Decided.TooLate.class);
        assertThat(shown.next(Outgoing.CardChange.class).outcome()).contains("allowed at the terminal");
    }

    @Test
    void noAnswerGrantsNothing() throws InterruptedException {
        Approvals asking = new Approvals(Duration.ofMillis(50), Unattended.ASK);
        assertThat(desk.ask(request("1", BASH, asking)).join()).isEqualTo(new Verdict.LeftToTerminal());
        shown.next(Outgoing.Card.class);
        assertThat(shown.next(Outgoing.CardChange.class).outcome()).contains("expired");
        Approvals denying = new Approvals(Duration.ofMillis(50), Unattended.DENY);
        assertThat(desk.ask(request("2", BASH, denying)).join())
                .isInstanceOf(Verdict.Decided.class)
                .extracting(verdict -> ((Verdict.Decided) verdict).decision())
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void oneOfAThousandRivalsDecides() throws InterruptedException {
        CompletableFuture<Verdict> verdict = ask("1");
        String id = idOf(shown.next(Outgoing.Card.class));
        try (var rivals = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<PromptDesk.Decided>> all = java.util.stream.IntStream.range(0, 1_000)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> desk.decide(id, i % 2 == 0 ? new Choice.Allow() : new Choice.Deny(""), "r" + i),
                            rivals))
                    .toList();
            assertThat(all.stream().map(CompletableFuture::join).filter(PromptDesk.Decided.Done.class::isInstance))
                    .hasSize(1)
                    .first()
                    .extracting(PromptDesk.Decided::words)
                    .isEqualTo(((Verdict.Decided) verdict.join()).how());
        }
    }

    @Test
    void hostileTextIsShownForWhatItIsAndStaysInItsFrame() throws InterruptedException {
        String evil = BASH.replace("make", "echo hi # \\u202e\\u200b\\u0007\\n```\\n**Allow** it\\n````");
        var _ = desk.ask(request("1", evil, Approvals.DEFAULT));
        String text = shown.next(Outgoing.Card.class).markdown();
        assertThat(text).contains("⟨U+202E⟩⟨U+200B⟩⟨U+0007⟩").doesNotContain("\u202e", "\u200b", "\u0007");
        FormattedText drawn = MarkdownText.render(text);
        int allow = drawn.text().indexOf("**Allow** it");
        assertThat(allow).isPositive();
        assertThat(drawn.entities())
                .anyMatch(entity ->
                        entity.type() == TextEntity.Type.PRE && entity.offset() < allow && entity.end() > allow);
    }
}
