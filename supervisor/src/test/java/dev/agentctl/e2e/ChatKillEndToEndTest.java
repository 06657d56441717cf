package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.BuiltProduct;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import dev.agentctl.wire.RoleLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The supervisor is killed at random points while a person writes and it answers: each message reaches the program
/// once, or is said to be uncertain; each answer arrives, and twice only with a mark. The system property
/// `agentctl.kills.chat` sets how often it is killed, 4 by default, and `agentctl.kills.seed` the points.
@Timeout(14_400)
final class ChatKillEndToEndTest extends EndToEnd {
    private static final int KILLS = Integer.getInteger("agentctl.kills.chat", 4);
    private static final long SEED = Long.getLong("agentctl.kills.seed", 1);
    private static final String REPEAT = "↻ may be a repeat\n";

    private final Random random = new Random(SEED);
    private Path heard;

    @BeforeEach
    void configure() throws IOException {
        Path folder = home.project("a");
        heard = folder.resolve("heard");
        Path program = Files.writeString(folder.resolve("program"), """
                #!/bin/bash
                stty -echo
                while IFS= read -r line; do printf '%s\\n' "$line" >>heard; done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(heard);
        product.configure(
                Optional.of(telegram),
                "  - {name: a, directory: %s, agent: command, executable: %s}\n".formatted(folder, program));
    }

    @Test
    void nothingIsLostAndNothingIsTwiceWithoutSayingSo() throws IOException, InterruptedException {
        for (int i = 0; i < KILLS; i++) {
            write(i);
            Process supervisor = launch();
            awaitSomePoint();
            supervisor.destroyForcibly().waitFor();
        }
        write(KILLS);
        Process last = launch();
        try {
            Product.await("all is answered and heard", Duration.ofSeconds(180L + 5L * KILLS), this::isAllOver);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nseed " + SEED + ", heard " + Files.readAllLines(heard) + "\nsaid "
                            + String.join(" | ", said()) + "\n" + product.log(),
                    e);
        }
        check();
        checkThatTheTokenIsNowhere();
        last.destroy();
        last.waitFor();
    }

    private boolean isAllOver() throws IOException {
        for (int i = 0; i <= KILLS; i++) {
            if (!isAnswered(i) || (timesHeard(i) == 0 && !isUncertain(i))) {
                return false;
            }
        }
        return true;
    }

    /// A message for the program, and a command whose answer names it.
    private void write(int number) {
        telegram.sendFromUser(Product.OPERATOR, Product.OPERATOR, "/to a in-%d;".formatted(number));
        telegram.sendFromUser(Product.OPERATOR, Product.OPERATOR, "/zzzz%d".formatted(number));
    }

    private Process launch() throws IOException {
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.put("AGENTCTL_CONFIG", home.path().resolve("agentctl.yaml").toString());
        // the lock of the token is this run's own
        environment.put("XDG_RUNTIME_DIR", home.path().toString());
        return BuiltProduct.role(RoleLaunch.SUPERVISOR).start(product.folder(), environment);
    }

    /// While it starts, or with some of its calls to the server, or a moment after one.
    private void awaitSomePoint() throws InterruptedException {
        if (random.nextInt(5) == 0) {
            LockSupport.parkNanos(random.nextInt(1_500) * 1_000_000L);
        } else {
            telegram.awaitAllCalls(telegram.allCalls() + 1 + random.nextInt(9), Duration.ofSeconds(60));
            LockSupport.parkNanos(random.nextInt(20_000) * 1_000L);
        }
    }

    private List<String> said() {
        return telegram.fromBot().stream().map(ChatMessage::text).toList();
    }

    private boolean isAnswered(int number) {
        return said().stream().anyMatch(text -> text.contains("/zzzz%d;".formatted(number)));
    }

    private boolean isUncertain(int number) {
        return said().stream()
                .anyMatch(text -> text.contains("uncertain") && text.contains("in-%d;".formatted(number)));
    }

    private long timesHeard(int number) throws IOException {
        String line = "in-%d;".formatted(number);
        return Files.readAllLines(heard).stream().filter(line::equals).count();
    }

    /// Not in the command line nor the environment of any process of this run, nor in a log.
    private void checkThatTheTokenIsNowhere() throws IOException {
        String secret = TelegramStandIn.TOKEN.substring(TelegramStandIn.TOKEN.indexOf(':') + 1);
        int ours = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path about = Path.of("/proc", Long.toString(process.pid()));
            String environment = read(about.resolve("environ"));
            if (environment.contains(home.path().toString())) {
                ours++;
                assertThat(environment).doesNotContain(secret);
                assertThat(read(about.resolve("cmdline"))).doesNotContain(secret);
            }
        }
        assertThat(ours).as("supervisor, host and program").isGreaterThanOrEqualTo(3);
        for (String role : List.of("supervisor", "host")) {
            assertThat(read(product.folder().roleLog(role))).isNotEmpty().doesNotContain(secret);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            // a process that has ended meanwhile, or is not ours
            return "";
        }
    }

    private void check() throws IOException {
        String seed = KILLS + " kills, seed " + SEED;
        long uncertain = 0;
        for (int i = 0; i <= KILLS; i++) {
            String answer = "/zzzz%d;".formatted(i);
            assertThat(timesHeard(i)).as("in-%d heard, %s", i, seed).isLessThanOrEqualTo(1);
            uncertain += timesHeard(i) == 0 || isUncertain(i) ? 1 : 0;
            assertThat(said().stream().filter(text -> text.contains(answer) && !text.startsWith(REPEAT)))
                    .as("unmarked answers to %s, %s", answer, seed)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(said().stream().filter(text -> text.contains(answer)))
                    .as("answers to %s, %s", answer, seed)
                    .isNotEmpty();
        }
        long marked = said().stream().filter(text -> text.startsWith(REPEAT)).count();
        assertThat(marked).as("marked, %s", seed).isLessThanOrEqualTo(KILLS);
        System.out.println(seed + ": " + (KILLS + 1) + " messages in: 0 lost, 0 doubled, " + uncertain
                + " said to be uncertain; " + (KILLS + 1) + " answers out: 0 lost, " + marked + " marked repeats");
    }
}
