package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.agent.Limit;
import dev.agentctl.session.Activity;
import dev.agentctl.session.Desired;
import dev.agentctl.session.Evidence;
import dev.agentctl.session.HookKeys;
import dev.agentctl.session.LastTurn;
import dev.agentctl.session.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTableTest {
    private static final Memory FULL = new Memory(
            Desired.UP,
            1L << 40,
            3,
            Optional.of("conversation"),
            Optional.of("/a/transcript"),
            true,
            true,
            Optional.of("Bash: ls"),
            "hash",
            (1L << 40) - 1,
            Optional.of("failed because"),
            new LastTurn(
                    false,
                    Optional.of(new Activity.Limited(
                            Limit.USAGE,
                            Optional.of(Instant.ofEpochMilli(1_795_703_160_000L)),
                            new Evidence("hook StopFailure", Instant.ofEpochMilli(1_795_700_000_123L))))),
            new HookKeys(List.of("1795700000.123456-7", "1795700000.120000-6")));

    /// A page of the database in its write-ahead log.
    private static final long FRAME = 24 + 4096;

    @TempDir
    Path folder;

    private Database open() {
        return Database.open(folder.resolve("state.db"));
    }

    @Test
    void everythingIsRemembered() {
        try (Database database = open()) {
            SessionTable table = new SessionTable(database);
            table.save("a", FULL);
            table.save("b", Memory.BLANK);
        }
        try (Database database = open()) {
            assertThat(new SessionTable(database).all())
                    .containsOnly(Map.entry("a", FULL), Map.entry("b", Memory.BLANK));
        }
    }

    @Test
    void whatAForgottenSessionWaitedForIsForgottenToo() {
        try (Database database = open()) {
            QuestionTable questions = new QuestionTable(database, InstantSource.system());
            Instant later = Instant.now().plusSeconds(60);
            questions.awaits(questions
                    .ask("a", 1, "call", "which?", List.of(), later)
                    .question()
                    .id());
            assertThat(questions.awaited()).hasSize(1);
            new SessionTable(database).forget("a");
            assertThat(questions.awaited()).isEmpty();
        }
    }

    /// One commit stands between a child's end and the next child.
    @Test
    void whatHasNotChangedIsNotWrittenAgain() throws IOException {
        Memory next = begun(FULL);
        try (Database database = open()) {
            SessionTable table = new SessionTable(database);
            table.save("a", FULL);
            long before = logSize();
            table.save("a", next);
            assertThat(logSize() - before).as("the row and its name").isEqualTo(2 * FRAME);
        }
        try (Database database = open()) {
            assertThat(new SessionTable(database).all()).containsOnly(Map.entry("a", next));
        }
    }

    /// As the next child begins.
    private static Memory begun(Memory memory) {
        return new Memory(
                memory.desired(),
                memory.generation() + 1,
                memory.restarts() + 1,
                memory.conversation(),
                memory.transcript(),
                memory.prompted(),
                memory.turnOpen(),
                memory.tool(),
                "another",
                memory.greeted(),
                memory.verdict(),
                memory.last(),
                memory.hooks());
    }

    private long logSize() throws IOException {
        return Files.size(folder.resolve("state.db-wal"));
    }

    @Test
    void whatChangesIsWrittenWhateverElseIsKept() {
        List<Memory> steps = List.of(FULL, Memory.BLANK, begun(Memory.BLANK), begun(FULL));
        for (Memory step : steps) {
            try (Database database = open()) {
                SessionTable table = new SessionTable(database);
                table.save("a", Memory.BLANK);
                table.save("a", FULL);
                table.save("a", step);
                assertThat(table.all()).containsOnly(Map.entry("a", step));
                table.forget("a");
                table.save("a", step);
                assertThat(table.all()).containsOnly(Map.entry("a", step));
            }
        }
    }

    @Test
    void theLastSavedCounts() {
        try (Database database = open()) {
            SessionTable table = new SessionTable(database);
            table.save("a", FULL);
            table.save("a", Memory.BLANK);
            assertThat(table.all()).containsEntry("a", Memory.BLANK);
        }
    }

    @Test
    void theForgottenIsGoneWithItsQuestions() {
        try (Database database = open()) {
            SessionTable table = new SessionTable(database);
            QuestionTable questions = new QuestionTable(database, InstantSource.system());
            table.save("a", FULL);
            questions.reply("a", "call", "text", "key");
            table.forget("a");
            assertThat(table.all()).isEmpty();
            assertThat(questions.replyTo("a", "call")).isEmpty();
        }
    }

    @Test
    void whatFailsInsideTakesTheWholeBack() {
        try (Database database = open()) {
            SessionTable table = new SessionTable(database);
            assertThatThrownBy(() -> database.change(connection -> {
                        table.save("a", FULL);
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");
            assertThat(table.all()).isEmpty();
        }
    }
}
