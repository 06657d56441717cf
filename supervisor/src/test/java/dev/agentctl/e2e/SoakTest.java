package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.SmallDisk;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Real agents and sample programs, messages to all of them, and faults at random for as long as one likes: this is
/// `scripts/soak`. The [Invariants] are looked at every now and then and at the end.
@Timeout(20_000)
@EnabledIfSystemProperty(named = "agentctl.soak.minutes", matches = "[0-9]+")
class SoakTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LOOK_EVERY = 40;
    private static final long SEED = Long.getLong("agentctl.soak.seed", System.nanoTime() % 1_000_000);
    private static final int PROGRAMS = Integer.getInteger("agentctl.soak.programs", 3);
    /// So that what the programs' floods leave in their logs never fills it by itself.
    private static final int DISK_MEGABYTES = 64 + 8 * PROGRAMS;

    private static final boolean REAL = !Boolean.getBoolean("agentctl.soak.only-programs");
    /// Writes down what it hears, which is the witness of what came through, says it, and floods when it is told to. It
    /// prints at once, so that its log's files are open when the first figures are taken.
    private static final String PROGRAM = """
            #!/bin/bash
            stty -echo
            echo ready
            while IFS= read -r line; do
              echo "$line" >>heard
              echo "heard: $line"
              case $line in *flood*) seq 1 200000 ;; esac
            done
            """;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<HostReader> stopped = new ArrayList<>();
    private final Witness witness = new Witness();
    private final List<Sent> refused = new ArrayList<>();
    private int keys;
    private boolean full;
    private Optional<SmallDisk> disk = Optional.empty();
    private Invariants invariants;

    private record Sent(String project, String key, String text, boolean real) {
        /// What is said in the end of one that came through: no more can be known of a plain program.
        String claim() {
            return real ? "accepted" : "typed";
        }
    }

    /// @param times how often it came
    private record Outcome(Sent sent, MessageReport message, long times) {}

    @BeforeEach
    void lookAtInvariants() throws IOException, InterruptedException {
        disk = SmallDisk.at(product.folder().path(), DISK_MEGABYTES + "m");
        invariants = new Invariants(product);
    }

    @AfterEach
    void closeReaders() throws IOException {
        for (HostReader reader : stopped) {
            reader.close();
        }
        product.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    @Test
    void nothingIsLostDoubledOrLeftBehind() throws IOException, InterruptedException {
        System.out.println("soak: seed " + SEED);
        product.configure(Optional.of(telegram), projects());
        product.up();
        try {
            run();
        } catch (AssertionError | RuntimeException | IOException e) {
            throw new AssertionError("seed " + SEED + ": " + e.getMessage() + "\nkept in " + keep(), e);
        }
    }

    private String projects() throws IOException {
        StringBuilder projects = new StringBuilder();
        if (REAL) {
            projects.append(Cli.CLAUDE.named("claude", home, "restart: always"));
            projects.append(Cli.CODEX.named("codex", home, "restart: always"));
        }
        Path program = home.path().resolve("program");
        Files.writeString(program, PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        for (int i = 0; i < PROGRAMS; i++) {
            Path folder = home.project("p" + i);
            witness.listensAt("p" + i, folder.resolve("heard"));
            projects.append("  - {name: p%d, directory: %s, agent: command, executable: %s, restart: always}\n"
                    .formatted(i, folder, program));
        }
        return projects.toString();
    }

    private void run() throws IOException, InterruptedException {
        settle();
        for (int i = 0; i < PROGRAMS; i++) {
            product.awaitScreen("p" + i, "ready");
        }
        Figures before = invariants.figures();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger("agentctl.soak.minutes", 1));
        for (int step = 1; System.nanoTime() < end; step++) {
            step();
            if (step % LOOK_EVERY == 0) {
                settle();
                invariants.check(TelegramStandIn.TOKEN);
            }
        }
        for (HostReader reader : stopped) {
            reader.close();
        }
        settle();
        callTheRoll();
        invariants.check(TelegramStandIn.TOKEN);
        judgeMessages();
        counts.put("output bytes", Math.toIntExact(Math.min(Integer.MAX_VALUE, invariants.everyByteIsAccountedFor())));
        try {
            Product.await("I7: as before", PATIENCE, () -> invariants.figures().isBackAt(before));
        } catch (AssertionError e) {
            Figures after = invariants.figures();
            throw new AssertionError(
                    e.getMessage() + before + ", but " + after + "; more than before: " + after.growth(before), e);
        }
        System.out.println("soak: seed " + SEED + ", before: " + before + ", after: " + invariants.figures());
        System.out.println("soak: " + counts);
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
        events.add(what);
    }

    private void step() throws IOException, InterruptedException {
        switch (random.nextInt(20)) {
            case 0 -> {
                count("supervisor killed");
                product.killSupervisor();
                product.up();
            }
            case 1 -> killAgent();
            case 2 -> killHost();
            case 3 -> send(program(), " flood");
            case 4 -> stopReading();
            case 5 -> fillTheDisk();
            case 6, 7, 8 -> goOn();
            default -> send(anySession(), "");
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
    }

    private String program() {
        return "p" + random.nextInt(PROGRAMS);
    }

    private String anySession() {
        return switch (REAL ? random.nextInt(3) : 2) {
            case 0 -> "claude";
            case 1 -> "codex";
            default -> program();
        };
    }

    private void killAgent() throws IOException {
        String session = anySession();
        if (product.status(session).pid() > 0) {
            count("agent killed");
            product.kill(session);
            witness.killed(session);
        }
    }

    /// Not while the last one that was killed has no successor.
    private void killHost() throws IOException, InterruptedException {
        if (random.nextInt(3) == 0 && product.hostRuns()) {
            count("host killed");
            product.killHost();
            witness.killedAll();
        }
    }

    /// A client that asks for a session's output and reads none of it.
    private void stopReading() throws IOException {
        try {
            stopped.add(HostClient.read(product.folder().hostSocket(), new HostRequest.Read(program(), 0, -1, true)));
            count("client that stops reading");
        } catch (IOException e) {
            events.add("no host to read from");
        }
        if (stopped.size() > 5) {
            stopped.removeFirst().close();
        }
    }

    /// Until a message is refused: some fit into what the database has of the disk already.
    private void fillTheDisk() throws IOException {
        if (disk.isPresent()) {
            count("disk full");
            int before = refused.size();
            full = true;
            disk.get().fill();
            try {
                for (int i = 0; i < 40 && refused.size() == before; i++) {
                    send(program(), " ballast".repeat(400));
                }
            } finally {
                disk.get().free();
                full = false;
            }
        }
    }

    private void send(String project, String more) throws IOException {
        boolean real = !project.startsWith("p");
        String key = "pebble-%05d".formatted(keys++);
        String text = key + (real ? turn(project) : more);
        switch (product.ask(new ControlRequest.Send(project, text, key))) {
            case ControlReply.Outcomes(var outcomes)
            when outcomes.getFirst().code() == ExitCode.OK -> {
                sent.add(new Sent(project, key, text, real));
                count("messages");
            }
            case ControlReply _ -> {
                assertThat(full).as("refused without a reason").isTrue();
                refused.add(new Sent(project, key, text, real));
                count("refused by a full disk");
            }
        }
    }

    private String turn(String project) {
        Cli cli = project.equals("claude") ? Cli.CLAUDE : Cli.CODEX;
        return switch (random.nextInt(4)) {
            case 0 -> " SLOW 0.4";
            case 1 -> " " + cli.shell("touch stone");
            default -> "";
        };
    }

    /// What an operator does: answers dialogs, and starts again what was given up after too many crashes.
    private void goOn() throws IOException {
        if (product.ask(new ControlRequest.ListPrompts(Optional.empty())) instanceof ControlReply.Prompts open) {
            for (PromptReport prompt : open.prompts()) {
                count("approvals");
                var _ = product.ask(new ControlRequest.Decide(prompt.id(), new PromptChoice.Approve()));
            }
        }
        for (SessionReport session : sessions()) {
            if (session.state().equals("failed")) {
                count("started again");
                var _ = product.ask(new ControlRequest.Start(List.of(session.name()), false));
            }
        }
    }

    private List<SessionReport> sessions() throws IOException {
        return product.ask(new ControlRequest.Status(Optional.empty())) instanceof ControlReply.Report report
                ? report.sessions()
                : List.of();
    }

    private void settle() throws IOException, InterruptedException {
        int waiting = sessions().stream().mapToInt(SessionReport::queued).sum();
        AtomicReference<List<SessionReport>> busy = new AtomicReference<>(List.of());
        Product.await(
                "everything is over",
                PATIENCE.plusSeconds(20L * waiting),
                () -> {
                    goOn();
                    List<SessionReport> all = sessions();
                    busy.set(all.stream().filter(each -> !isQuiet(each)).toList());
                    return !all.isEmpty() && busy.get().isEmpty();
                },
                () -> busy.get().toString());
    }

    private static boolean isQuiet(SessionReport session) {
        return session.queued() == 0 && List.of("idle", "running").contains(session.state());
    }

    /// One more turn of each agent, in which it tells the model its whole conversation.
    private void callTheRoll() throws IOException, InterruptedException {
        if (REAL) {
            for (String agent : List.of("claude", "codex")) {
                send(agent, "");
            }
            settle();
        }
    }

    /// What was claimed of each message against what the other side has of it.
    private void judgeMessages() throws IOException {
        Map<String, Long> turns =
                model.prompts().stream().collect(Collectors.groupingBy(String::strip, Collectors.counting()));
        List<Outcome> all = new ArrayList<>();
        for (Sent each : sent) {
            MessageReport message =
                    product.awaitDelivery(each.project(), each.key()).message().orElseThrow();
            count(message.stage());
            assertThat(message.stage()).as("I2: %s", message).isIn(each.claim(), "uncertain");
            all.add(new Outcome(each, message, times(each, turns)));
        }
        List<Outcome> doubled = all.stream().filter(each -> each.times() > 1).toList();
        List<Outcome> lost = all.stream().filter(each -> isLost(each, all)).toList();
        counts.put("doubled", doubled.size());
        counts.put("lost", lost.size());
        assertThat(lost).as("I2: never came").isEmpty();
        assertThat(doubled).as("I2: came twice").isEmpty();
        for (Sent each : refused) {
            assertThat(times(each, turns)).as("I2: %s was refused", each).isZero();
        }
    }

    private boolean isLost(Outcome outcome, List<Outcome> all) {
        if (outcome.times() > 0
                || !outcome.message().stage().equals(outcome.sent().claim())) {
            return false;
        }
        if (outcome.sent().real()) {
            return !isRemembered(outcome.sent());
        }
        String project = outcome.sent().project();
        List<Long> read = all.stream()
                .filter(other -> other.sent().project().equals(project) && other.times() > 0)
                .map(other -> other.message().typedAt())
                .toList();
        boolean excused = witness.mayBeUnread(project, outcome.message().typedAt(), read);
        if (excused) {
            count("typed to a program that was killed before it read");
        }
        return !excused;
    }

    private long times(Sent each, Map<String, Long> turns) throws IOException {
        return each.real() ? turns.getOrDefault(each.text(), 0L) : witness.times(each.project(), each.text());
    }

    /// Whether the model was told of it later, with the conversation: an agent that was killed between taking a prompt
    /// and asking the model has it in its history, and starts no turn with it again.
    private boolean isRemembered(Sent each) {
        boolean remembered =
                model.requests().stream().anyMatch(request -> request.text().contains(each.text()));
        if (remembered) {
            count("taken by an agent that was killed before it asked the model");
        }
        return remembered;
    }

    /// The state folder and what was done, for whoever looks into it; the same seed does the same again.
    private Path keep() throws IOException {
        Path kept = Path.of("").toAbsolutePath().resolveSibling(".build").resolve("soak-" + SEED);
        try {
            // of another run with this seed
            var _ = new ProcessBuilder("rm", "-rf", kept.toString()).start().waitFor();
            Files.createDirectories(kept);
            Files.write(kept.resolve("events"), events);
            var _ = new ProcessBuilder("cp", "-a", product.folder().path().toString(), kept.toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return kept;
    }
}
