package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.store.Database;
import dev.agentctl.store.Outbox;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chat in a process of its own that is killed again and again with work in both directions.
final class TelegramKillTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("agentctl.test.kills", 4);
    private static final int BETWEEN = 7;

    @TempDir
    Path folder;

    @Test
    void killedAtAnyMomentNothingIsLostAndNothingIsTwiceWithoutSayingSo() throws IOException, InterruptedException {
        int all = (KILLS + 1) * BETWEEN;
        fillOutbox(all);
        try (TelegramStandIn telegram = TelegramStandIn.start()) {
            for (int i = 0; i < all; i++) {
                telegram.sendFromUser(OPERATOR, OPERATOR, "in " + i);
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                Process process = launch(telegram);
                telegram.awaitFromBot(kill * BETWEEN, SOON);
                process.destroyForcibly().waitFor();
            }
            Process last = launch(telegram);
            telegram.awaitMessage(message -> message.text().endsWith("out " + (all - 1)), SOON);
            telegram.awaitConfirmed(SOON);
            telegram.sendFromUser(OPERATOR, OPERATOR, "end");
            telegram.awaitConfirmed(SOON);
            last.destroyForcibly().waitFor();
            restartUntilAllIsHandled(telegram);
            checkSent(telegram, all);
        }
        List<String> expected =
                new ArrayList<>(IntStream.range(0, all).mapToObj(i -> "in " + i).toList());
        expected.add("end");
        assertThat(handledOnce().values()).containsExactlyElementsOf(expected);
    }

    /// What is confirmed is stored; the handler may still be at it.
    private void restartUntilAllIsHandled(TelegramStandIn telegram) throws IOException, InterruptedException {
        Process process = launch(telegram);
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!handledOnce().containsValue("end")) {
                changes.poll(1, TimeUnit.SECONDS);
            }
        }
        process.destroyForcibly().waitFor();
    }

    private static void checkSent(TelegramStandIn telegram, int all) {
        List<String> sent = telegram.fromBot().stream().map(ChatMessage::text).toList();
        List<String> unmarked =
                sent.stream().filter(text -> !text.startsWith("↻")).toList();
        assertThat(unmarked).doesNotHaveDuplicates();
        assertThat(sent.stream().map(text -> text.replace(Part.REPEAT, "")).distinct())
                .containsExactlyElementsOf(
                        IntStream.range(0, all).mapToObj(i -> "[a] out " + i).toList());
    }

    private void fillOutbox(int count) {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Outbox outbox = new Outbox(
                    database, InstantSource.system(), ChatUnderTest.here().orElseThrow());
            for (int i = 0; i < count; i++) {
                outbox.add(new Outgoing.Text(
                        Kind.REPLY, Optional.empty(), Optional.of("a"), "out " + i, Optional.empty()));
            }
        }
    }

    private Process launch(TelegramStandIn telegram) throws IOException {
        String java = Path.of(property("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        property("java.class.path"),
                        KillableChat.class.getName(),
                        folder.toString(),
                        telegram.url().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "output")))
                .start();
    }

    /// The handled messages by key, in the order of their first handling.
    private Map<String, String> handledOnce() throws IOException {
        Map<String, String> handled = new LinkedHashMap<>();
        Path file = folder.resolve("handled");
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] parts = line.split(" ", 2);
            handled.putIfAbsent(parts[0], parts[1]);
        }
        return handled;
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(name)).orElseThrow();
    }
}
