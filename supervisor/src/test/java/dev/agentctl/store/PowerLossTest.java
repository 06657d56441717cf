package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// What a disk has after the power failed in the middle of a write: the state as it was synced, and of what came after
/// that any part.
@Timeout(120)
class PowerLossTest {
    private static final int MESSAGES = 60;
    private static final int CUTS = 2;

    /// It is the tearing that loses something here, and not a disk that each image would have to reach.
    @TempDir(factory = InMemory.class)
    Path temporary;

    /// Where there is such a folder.
    static final class InMemory implements TempDirFactory {
        private static final Path FOLDER = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isWritable(FOLDER)
                    ? Files.createTempDirectory(FOLDER, "agentctl-test")
                    : Files.createTempDirectory("agentctl-test");
        }
    }

    private final Random random = new Random(47);

    /// The two files that are the state.
    private record Image(byte[] database, byte[] journal) {
        static Image of(Path file) throws IOException {
            return new Image(Files.readAllBytes(file), Files.readAllBytes(journal(file)));
        }

        static Path journal(Path file) {
            return file.resolveSibling(file.getFileName() + "-wal");
        }

        void write(Path file) throws IOException {
            Files.write(file, database);
            Files.write(journal(file), journal);
        }

        /// This one, with the first bytes of what the next write changed, up to somewhere in them.
        Image torn(Image next, Random random) {
            byte[] torn = Arrays.copyOf(journal, Math.max(journal.length, next.journal.length));
            int from = Arrays.mismatch(torn, next.journal);
            int to = from + random.nextInt(next.journal.length - from);
            System.arraycopy(next.journal, from, torn, from, to - from);
            return new Image(database, random.nextBoolean() ? torn : Arrays.copyOf(torn, Math.max(to, journal.length)));
        }
    }

    @Test
    void whatWasAcceptedIsThereWhereverTheNextWriteWasTorn() throws IOException {
        Path file = temporary.resolve("state.db");
        List<String> accepted = new ArrayList<>();
        int played = 0;
        try (Database database = Database.open(file)) {
            MessageTable queue = new MessageTable(database, InstantSource.system());
            add(queue, accepted);
            while (accepted.size() < MESSAGES) {
                Image before = Image.of(file);
                List<String> then = List.copyOf(accepted);
                add(queue, accepted);
                Image after = Image.of(file);
                // else the journal was brought into the database meanwhile, which is another write
                if (Arrays.equals(before.database, after.database)) {
                    for (int i = 0; i < CUTS; i++) {
                        verify(before.torn(after, random), then, accepted.getLast());
                        played++;
                    }
                }
            }
        }
        assertThat(played).isGreaterThan(MESSAGES);
    }

    private void add(MessageTable queue, List<String> accepted) {
        String key = "key" + accepted.size();
        assertThat(queue.add("a", "x".repeat(random.nextInt(20_000)) + key, Optional.empty(), key))
                .isPresent();
        accepted.add(key);
    }

    /// The one that was being written may be there as a whole.
    private void verify(Image image, List<String> accepted, String torn) throws IOException {
        Path file = temporary.resolve("image.db");
        image.write(file);
        try (Database database = Database.open(file)) {
            String sound = database.transact(
                    connection -> Sql.first(connection, row -> row.text("integrity_check"), "PRAGMA integrity_check")
                            .orElse(""));
            assertThat(sound).isEqualTo("ok");
            MessageTable queue = new MessageTable(database, InstantSource.system());
            List<String> found = queue.pending("a").stream()
                    .map(message -> message.text().substring(message.text().indexOf('k')))
                    .toList();
            assertThat(found).startsWith(accepted.toArray(String[]::new));
            assertThat(found.subList(accepted.size(), found.size())).isSubsetOf(torn);
            assertThat(queue.add("a", "after", Optional.empty(), "after")).isPresent();
        }
    }
}
