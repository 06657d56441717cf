package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TokenMeterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final TokenMeter meter = new TokenMeter();

    private static String message(String id) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"" + id
                + "\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}}\n";
    }

    private Path file(String text) throws IOException {
        return Files.writeString(
                folder.resolve("transcript.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Optional<Long> output(Path file) {
        return meter.count(file).within(PATIENCE).map(count -> count.output());
    }

    @Test
    void whatIsAppendedIsAdded() throws IOException {
        assertThat(output(file(message("a") + message("b")))).contains(10L);
        assertThat(output(file(message("c")))).contains(15L);
    }

    @Test
    void aLineCountsWhenItIsWhole() throws IOException {
        String line = message("b");
        assertThat(output(file(message("a") + line.substring(0, 60)))).contains(5L);
        assertThat(output(file(line.substring(60)))).contains(10L);
    }

    @Test
    void aFileThatWasReplacedIsReadFromItsBeginning() throws IOException {
        assertThat(output(file(message("a") + message("b")))).contains(10L);
        Files.writeString(folder.resolve("next"), message("c") + message("d") + message("e"));
        Files.move(
                folder.resolve("next"),
                folder.resolve("transcript.jsonl"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(output(folder.resolve("transcript.jsonl"))).contains(15L);
    }

    @Test
    void anotherConversationsFileIsAnotherCount() throws IOException {
        assertThat(output(file(message("a")))).contains(5L);
        Path other = Files.writeString(folder.resolve("other"), message("b") + message("c"));
        assertThat(output(other)).contains(10L);
    }

    @Test
    void aFileThatIsNotThereTellsNothing() {
        assertThat(output(folder.resolve("none"))).isEmpty();
    }

    @Test
    void longLinesAndQuotedOnesDoNotDisturb() throws IOException {
        String picture = "{\"type\":\"user\",\"data\":\"" + "x".repeat(9 << 20) + "\"}\n";
        String quoted = "{\"type\":\"user\",\"text\":\"{\\\"usage\\\":{\\\"output_tokens\\\":7}}\"}\n";
        assertThat(output(file(message("a") + picture + quoted + message("b")))).contains(10L);
    }

    @Test
    void whoDoesNotWaitIsToldWhatIsKnown() throws IOException {
        Path file = file(message("a"));
        // nothing, unless it was counted meanwhile
        assertThat(meter.count(file).within(Duration.ZERO).map(count -> count.output()))
                .isIn(Optional.empty(), Optional.of(5L));
        assertThat(output(file)).contains(5L);
        assertThat(meter.count(file).within(Duration.ZERO).map(count -> count.output()))
                .contains(5L);
    }

    @Test
    void whatWasBegunIsNotReadAgain() throws IOException {
        Path file = file(message("a"));
        TokenReading begun = meter.count(file);
        assertThat(begun.within(PATIENCE).map(count -> count.output())).contains(5L);
        file(message("b"));
        assertThat(begun.within(PATIENCE).map(count -> count.output())).contains(5L);
    }
}
