package dev.agentctl.testkit.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.agentctl.testkit.telegram.Faults.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stand-in as an independent client library sees it.
final class TelegramStandInTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long USER = 4711;

    @TempDir
    Path folder;

    @Test
    void anIndependentClientFindsTheRulesOfTheRealServer() throws IOException, InterruptedException {
        Path agents = Path.of("..", ".build", "agents").toAbsolutePath().normalize();
        if (!Files.isDirectory(agents.resolve("node_modules/grammy"))) {
            fail("grammy is not installed in " + agents + "; run scripts/install-test-agents");
        }
        Path output = folder.resolve("output");
        try (TelegramStandIn telegram = TelegramStandIn.start()) {
            breakThings(telegram.faults());
            Process node = new ProcessBuilder(
                            "node",
                            "src/test/agents/grammy-check.mjs",
                            telegram.url().toString(),
                            TelegramStandIn.TOKEN,
                            Long.toString(USER),
                            agents.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                play(telegram, node);
                assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                node.destroyForcibly();
            }
            assertThat(Files.readString(output, StandardCharsets.UTF_8).strip()).isEqualTo("ok");
        }
    }

    /// In the order in which the script expects it.
    private static void breakThings(Faults faults) {
        for (Fault fault : List.of(
                new Fault.Refusal(429, "", 7),
                new Fault.Refusal(500, "Internal Server Error", 0),
                new Fault.Refusal(409, "Conflict: terminated by other getUpdates request", 0),
                new Fault.BadGateway(),
                new Fault.CutAfterBody(),
                new Fault.CutBeforeWork(),
                new Fault.Slow(Duration.ofMillis(50)))) {
            faults.next("sendChatAction", 1, fault);
        }
    }

    private static void play(TelegramStandIn telegram, Process node) {
        Thread.ofVirtual().start(() -> {
            node.onExit().join();
            telegram.sendFromUser(USER, USER, "gone");
        });
        ChatMessage ready = telegram.awaitMessage(
                each -> each.text().equals("ready") || each.text().equals("gone"), SOON);
        if (ready.fromBot()) {
            telegram.sendFromUser(USER, USER, "/first");
            telegram.awaitMessage(
                    each -> each.text().equals("send the second") || each.text().equals("gone"), SOON);
            telegram.sendFromUser(USER, USER, "second");
        }
    }
}
