package dev.agentctl.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Lines as Claude Code 2.1.329 and Codex 0.169 wrote them.
class TokenTallyTest {
    private static List<String> lines(String agent) throws IOException {
        try (InputStream file = TokenTallyTest.class.getResourceAsStream("/transcripts/" + agent + "-tokens.jsonl")) {
            return new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static TokenCount count(List<String> lines) {
        TokenTally tally = new TokenTally();
        lines.forEach(tally::add);
        return tally.total();
    }

    /// Two messages, the first of which stands there three times, once for each block.
    @Test
    void claudesMessagesCountOnceEach() throws IOException {
        TokenCount count = count(lines("claude"));
        assertThat(count).isEqualTo(new TokenCount(214, 100, 4_000, OptionalDouble.of(0.003856)));
        assertThat(count.words()).isEqualTo("214 in, 100 out, 4,000 cached, $0.0039");
    }

    @Test
    void aCostWithoutSomeModelsPriceIsNone() throws IOException {
        List<String> lines = lines("claude").stream()
                .map(line -> line.replace("\"hasUnknownModelCost\":false", "\"hasUnknownModelCost\":true"))
                .toList();
        assertThat(count(lines).words()).isEqualTo("214 in, 100 out, 4,000 cached");
    }

    @Test
    void codexTellsTheSumSoFar() throws IOException {
        assertThat(count(lines("codex"))).isEqualTo(new TokenCount(30, 15, 0, OptionalDouble.empty()));
    }

    @Test
    void codexCountsWhatIsCachedAsInputToo() throws IOException {
        List<String> lines = lines("codex").stream()
                .map(line -> line.replace("\"cached_input_tokens\":0", "\"cached_input_tokens\":8"))
                .toList();
        assertThat(count(lines)).isEqualTo(new TokenCount(22, 15, 8, OptionalDouble.empty()));
    }

    @Test
    void aSumThatFallsHasBegunAnew() throws IOException {
        List<String> lines = lines("codex");
        TokenTally tally = new TokenTally();
        lines.forEach(tally::add);
        lines.forEach(tally::add);
        assertThat(tally.total()).isEqualTo(new TokenCount(60, 30, 0, OptionalDouble.empty()));
    }

    @Test
    void whatIsNotUnderstoodCountsNothing() {
        assertThat(count(List.of(
                        "",
                        "{",
                        "[]",
                        "{\"type\":\"assistant\"}",
                        "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"usage\":7}}",
                        "{\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\",\"info\":null}}",
                        "{\"type\":\"cost-state\",\"totalCostUSD\":\"much\"}")))
                .isEqualTo(TokenCount.NONE);
    }
}
