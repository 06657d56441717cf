package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Titles and names of files as Codex 0.171.0 has them.
class CodexThreadTest {
    private static final String ONE = "01a21a20-afa7-7360-8140-13e3133fd41e";
    private static final String OTHER = "01a21a21-2131-74a2-aca7-6bc85c3b9324";
    private static final Path TALK =
            Path.of("/home/u/.codex/sessions/2026/11/26/rollout-2026-11-26T23-06-51-" + ONE + ".jsonl");

    private static Path lock(String id) {
        return Path.of("/home/u/.codex/thread-writer-locks", id + ".lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p | 01a21a20-afa7-7360-8140-13e31...",
                "⠹ p | 01a21a20-afa7-7360-8140-13e31…",
                "⠹ a | b | 01a21a20-afa7-7360-8140-13e3133fd41e"
            })
    void aTitleNamesTheBeginningOfAnId(String title) {
        assertThat(CodexThread.named(title))
                .hasValueSatisfying(beginning -> assertThat(ONE).startsWith(beginning));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p", "⠹ p", "01a21a20-afa7-7360-8140-13e3133fd41e", "p | 01a21a20-afa7", "p | deadbeef"})
    void otherTitlesNameNone(String title) {
        assertThat(CodexThread.named(title)).isEmpty();
    }

    @Test
    void theOneThatIsNamedIsTheConversationWithItsFile() {
        List<Path> open = List.of(Path.of("/dev/null"), lock(OTHER), lock(ONE), TALK);
        assertThat(CodexThread.among(open, "01a21a20-afa7-7360-8140-13e31"))
                .contains(new AgentEvent.ConversationBegan(ONE, Optional.of(TALK)));
    }

    @Test
    void oneInWhichNothingWasSaidHasNoFile() {
        List<Path> open = List.of(lock(OTHER), lock(ONE), TALK);
        assertThat(CodexThread.among(open, "01a21a21-2131-74a2-aca7-6bc85"))
                .contains(new AgentEvent.ConversationBegan(OTHER, Optional.empty()));
    }

    @Test
    void whatTheProcessHasNotOpenIsNoConversationOfIts() {
        assertThat(CodexThread.among(List.of(lock(OTHER)), "01a21a20-afa7-7360-8140-13e31"))
                .isEmpty();
    }
}
