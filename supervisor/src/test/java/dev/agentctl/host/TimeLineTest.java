package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TimeLineTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("times");
    }

    /// The file is written a little later, by another thread.
    private void awaitSaved(List<LogTime> entries) throws InterruptedException {
        while (!new TimeLine(file()).all().equals(entries)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void oneEntryASecondIsEnough() {
        TimeLine line = new TimeLine(file());
        assertThat(line.isDue(1_000_000)).isTrue();
        line.came(0, 1_000_000);
        assertThat(line.isDue(1_000_999)).isFalse();
        assertThat(line.isDue(1_001_000)).isTrue();
        // the clock was set back
        assertThat(line.isDue(900_000)).isTrue();
        // its file would come into the folder while that is deleted
        line.close();
    }

    @Test
    void theNextHostGoesOnWithIt() throws InterruptedException {
        TimeLine line = new TimeLine(file());
        line.came(0, 1_000);
        line.came(70, 2_000);
        awaitSaved(List.of(new LogTime(0, 1_000), new LogTime(70, 2_000)));
        TimeLine next = new TimeLine(file());
        next.came(90, 9_000);
        awaitSaved(List.of(new LogTime(0, 1_000), new LogTime(70, 2_000), new LogTime(90, 9_000)));
    }

    @Test
    void aDamagedEndIsDroppedAndWrittenAnew() throws IOException, InterruptedException {
        TimeLine line = new TimeLine(file());
        line.came(5, 1_000);
        awaitSaved(List.of(new LogTime(5, 1_000)));
        Files.write(file(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        TimeLine next = new TimeLine(file());
        assertThat(next.all()).containsExactly(new LogTime(5, 1_000));
        next.came(6, 3_000);
        awaitSaved(List.of(new LogTime(5, 1_000), new LogTime(6, 3_000)));
        assertThat(Files.size(file())).isEqualTo(32);
    }

    @Test
    void oldTimesGetCoarserAndStayInOrder() throws InterruptedException {
        TimeLine line = new TimeLine(file(), 8);
        for (int i = 0; i < 100; i++) {
            line.came(i * 10L, i * 1_000L);
        }
        List<LogTime> all = line.all();
        assertThat(all).hasSizeLessThanOrEqualTo(8).endsWith(new LogTime(990, 99_000));
        assertThat(all).isSortedAccordingTo(Comparator.comparingLong(LogTime::offset));
        assertThat(all.getFirst().offset()).isZero();
        awaitSaved(all);
    }
}
