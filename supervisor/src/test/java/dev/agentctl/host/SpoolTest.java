package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final LogLimits SMALL = ByteLogTest.SMALL;

    @TempDir
    private Path temporary;

    private Spool open() {
        return Spool.open(new SegmentFolder(temporary), SMALL, () -> Instant.EPOCH);
    }

    /// However much comes at once, or a log would take more of the disk than its limit says.
    @Test
    void aSegmentEndsAtItsSize() throws IOException {
        byte[] bytes = new byte[(int) (2.5 * SMALL.segmentBytes())];
        new Random(1).nextBytes(bytes);
        Spool spool = open();
        spool.append(0, bytes);
        spool.close();
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.map(file -> file.toFile().length()))
                    .containsExactlyInAnyOrder(SMALL.segmentBytes(), SMALL.segmentBytes(), SMALL.segmentBytes() / 2);
        }
        assertThat(open().read(0, bytes.length)).hasSize((int) SMALL.segmentBytes());
        assertThat(open().read(SMALL.segmentBytes() * 2, bytes.length))
                .isEqualTo(Arrays.copyOfRange(bytes, (int) SMALL.segmentBytes() * 2, bytes.length));
    }

    @Test
    void aJumpIsAGap() throws IOException {
        Spool spool = open();
        spool.append(0, new byte[10]);
        spool.append(100, new byte[10]);
        spool.close();
        assertThat(spool.end()).isEqualTo(110);
        assertThat(spool.bytes()).isEqualTo(20);
        assertThat(spool.read(10, 1)).isEmpty();
        assertThat(spool.next(10)).isEqualTo(100);
        assertThat(open().losses().bytes()).isEqualTo(90);
    }
}
