package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatabaseTest {
    private static final int WRITERS = 50;
    /// In the journal: 24 bytes and a page.
    private static final int FRAME = 24 + 4096;

    @TempDir
    Path temporary;

    private Path file;
    private Database database;

    @BeforeEach
    void open() {
        file = temporary.resolve("state.db");
        database = Database.open(file);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String name) {
        database.change(
                connection -> Sql.update(connection, "INSERT INTO setting (name, value) VALUES (?, 'x')", name));
    }

    private List<String> written() {
        try (Database again = Database.open(file)) {
            return again.transact(connection ->
                    Sql.list(connection, row -> row.text("name"), "SELECT name FROM setting ORDER BY name"));
        }
    }

    private long journal() throws IOException {
        return Files.size(temporary.resolve("state.db-wal"));
    }

    @Test
    void thoseThatWaitForEachOtherShareAWriteToDisk() throws IOException, InterruptedException {
        write("first");
        long before = journal();
        List<Runnable> writers = IntStream.range(0, WRITERS)
                .<Runnable>mapToObj(i -> () -> write("n" + i))
                .toList();
        assertThat(TogetherWaiting.run(database, writers)).isEmpty();
        assertThat(journal() - before).isLessThan(WRITERS / 2 * FRAME);
        assertThat(written()).hasSize(WRITERS + 1);
    }

    @Test
    void oneOfThemThatFailsTakesBackNothingButItself() throws InterruptedException {
        List<Runnable> writers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = "n" + i;
            writers.add(() -> write(name));
            writers.add(() -> database.change(connection -> {
                Sql.update(connection, "INSERT INTO setting (name, value) VALUES (?, 'x')", "half " + name);
                throw new IllegalArgumentException(name);
            }));
            writers.add(() -> database.change(connection -> {
                Sql.update(connection, "INSERT INTO setting (name, value) VALUES (?, 'x')", "half " + name);
                Sql.update(connection, "INSERT INTO setting (name, value) VALUES (?, NULL)", "no value " + name);
            }));
        }
        List<RuntimeException> failures = TogetherWaiting.run(database, writers);
        assertThat(failures).hasSize(10).hasAtLeastOneElementOfType(StoreException.class);
        assertThat(written()).containsExactly("n0", "n1", "n2", "n3", "n4");
    }

    /// On a full disk everything that is to be kept fails, over and over.
    @Test
    void thatItFailsIsSaidOnceAndInOneLine() {
        List<String> lines = new ArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                lines.add(String.valueOf(line.getMessage()));
                assertThat(line.getThrown()).isNull();
            }
        };
        Logger log = Logger.getLogger(StoreHealth.class.getName());
        log.addHandler(handler);
        try {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> database.change(
                                connection -> Sql.update(connection, "INSERT INTO no_such DEFAULT VALUES")))
                        .isInstanceOf(StoreException.class);
            }
        } finally {
            log.removeHandler(handler);
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).hasLineCount(1).contains(file.toString());
    }

    /// It may be all that tells which conversation each agent was in: nobody but a person may do away with it.
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void aDamagedFileIsLeftAsItIsAndItIsSaidWhatToDo(int from) throws IOException {
        write("kept");
        database.close();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, from, bytes.length, (byte) 0xa5);
        Files.write(file, bytes);
        assertThatThrownBy(() -> Database.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the state file " + file + ": ")
                .hasMessageEndingWith("; it is damaged: move it and its -wal away to begin anew, or bring back a copy")
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void oneWithinAnotherIsAPartOfIt() {
        assertThatThrownBy(() -> database.change(_ -> {
                    write("inner");
                    throw new IllegalArgumentException("outer");
                }))
                .hasMessage("outer");
        write("after");
        assertThat(written()).containsExactly("after");
    }
}
