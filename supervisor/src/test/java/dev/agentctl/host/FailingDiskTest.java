package dev.agentctl.host;

import static dev.agentctl.host.ByteLogTest.awaitTrue;
import static dev.agentctl.host.ByteLogTest.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agentctl.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What others do to a log's files, and disks that are full, read-only or hang. The append must return in all of it:
/// the timeout is the assertion.
@Timeout(120)
class FailingDiskTest {
    private static final LogLimits LIMITS = new LogLimits(
            32 << 10,
            1 << 20,
            64 << 10,
            1 << 20,
            4 << 20,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofMillis(100));

    @TempDir
    Path temporary;

    private final LogStore store = new LogStore(LIMITS, InstantSource.system());
    private Optional<SmallDisk> disk = Optional.empty();

    @AfterEach
    void close() throws IOException {
        store.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    /// A disk of 256 KB; skipped where we may not mount one.
    private Path smallDisk() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(temporary.resolve("disk"));
        disk = SmallDisk.at(folder, "256k");
        assumeThat(disk).as("may mount a small disk").isPresent();
        return folder;
    }

    private static void awaitOnDisk(ByteLog log) throws InterruptedException {
        awaitTrue("all is on disk", () -> log.spool().end() == log.end());
    }

    @Test
    void aFullDiskCostsWhatDoesNotFitAndIsUsedAgain() throws IOException, InterruptedException {
        Path folder = smallDisk();
        Path filler = folder.resolve("filler");
        Files.write(filler, new byte[160 << 10]);
        ByteLog log = store.open(folder.resolve("a"));
        print(log, 20_000);
        assertThat(log.losses().bytes()).isGreaterThan(100_000);
        assertThat(LogReading.of(log, -16_000).text())
                .as("the newest is in memory")
                .hasSize(16_000);
        Files.delete(filler);
        print(log, 1_000);
        awaitOnDisk(log);
        LogReading all = LogReading.of(log, 0);
        assertThat(log.losses()).isEqualTo(new Losses(all.missing(), 1));
        assertThat(all.text().length() + all.missing()).isEqualTo(log.end());
        log.close();
        // a disk that is all but full takes a piece now and then: one loss for us, several gaps in the files
        assertThat(store.open(folder.resolve("a")).losses().bytes())
                .as("known to the next host")
                .isEqualTo(log.losses().bytes());
    }

    @Test
    void aReadOnlyDiskLeavesTheLogInMemory() throws IOException, InterruptedException {
        Path folder = smallDisk();
        disk.orElseThrow().remount(true);
        ByteLog log = store.open(folder.resolve("a"));
        log.mark(new Mark.Started(1, 100));
        print(log, 5_000);
        assertThat(LogReading.of(log, -1_600).text()).hasSize(1_600);
        assertThat(log.losses().bytes()).isEqualTo(80_000 - LIMITS.ringBytes());
        disk.orElseThrow().remount(false);
        awaitOnDisk(log);
        log.close();
        ByteLog again = store.open(folder.resolve("a"));
        assertThat(again.end()).isEqualTo(80_000);
        assertThat(LogReading.of(again, 0).text()).hasSize(LIMITS.ringBytes());
    }

    @Test
    void aRemovedFileIsCountedAndTheLogGoesOn() throws IOException, InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 100);
        awaitOnDisk(log);
        Files.delete(tail());
        print(log, 100);
        awaitOnDisk(log);
        assertThat(log.losses()).isEqualTo(new Losses(1_600, 1));
        assertThat(Files.size(tail())).isEqualTo(1_600);
    }

    /// As logrotate's copytruncate does.
    @Test
    void aTruncatedFileIsCountedAndTheLogGoesOn() throws IOException, InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 10_000);
        awaitOnDisk(log);
        long cut = Files.size(tail());
        Files.newByteChannel(tail(), StandardOpenOption.WRITE).truncate(0).close();
        print(log, 5_000);
        awaitOnDisk(log);
        assertThat(log.losses()).isEqualTo(new Losses(cut, 1));
        assertThat(LogReading.of(log, 0).missing()).isEqualTo(cut);
    }

    @Test
    void aRemovedFolderIsMadeAgain() throws IOException, InterruptedException {
        ByteLog log = store.open(temporary.resolve("a"));
        print(log, 100);
        awaitOnDisk(log);
        assertThat(SmallDisk.run("rm", "-r", temporary.resolve("a").toString())).isZero();
        log.mark(new Mark.Started(1, 100));
        print(log, 100);
        awaitOnDisk(log);
        awaitTrue("the marks are there", () -> Files.exists(temporary.resolve("a/marks")));
    }

    @Test
    void aFileInTheFoldersPlaceIsPutAside() throws IOException, InterruptedException {
        Files.writeString(temporary.resolve("log"), "no folder");
        ByteLog log = store.open(temporary);
        print(log, 100);
        awaitOnDisk(log);
        assertThat(temporary.resolve("log.bad")).hasContent("no folder");
    }

    /// A pipe that nobody writes to stands for a disk that does not answer a reader.
    @Test
    void aReaderOfAHangingDiskHoldsUpNobody() throws IOException, InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 6_000);
        awaitOnDisk(log);
        Path first = segments().getFirst();
        Files.delete(first);
        assertThat(SmallDisk.run("mkfifo", first.toString())).isZero();
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(log));
        awaitTrue("the reader hangs", () -> reader.getState() == Thread.State.RUNNABLE);
        print(log, 6_000);
        awaitOnDisk(log);
        assertThat(LogReading.of(log, -160).text()).hasSize(160);
        assertThat(reader.isAlive()).isTrue();
        Files.write(first, new byte[0], StandardOpenOption.WRITE);
        reader.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(reader.isAlive()).isFalse();
    }

    private static void read(ByteLog log) {
        try {
            LogReading.of(log, 0);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A pipe that nobody reads stands for a disk that does not answer the writer.
    @Test
    void aDiskThatHangsCostsThePatienceOnceAndNoMore() throws IOException, InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 100);
        awaitOnDisk(log);
        Files.delete(tail());
        Path next = temporary.resolve("log/00000000000000001600.bytes");
        assertThat(SmallDisk.run("mkfifo", next.toString())).isZero();
        print(log, 50_000);
        assertThat(log.losses().bytes()).isGreaterThan(700_000);
        assertThat(LogReading.of(log, -16_000).text()).hasSize(16_000);
        Process drain = new ProcessBuilder("cat", next.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        print(log, 100);
        awaitOnDisk(log);
        log.close();
        drain.destroy();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> all = Files.list(temporary.resolve("log"))) {
            return all.sorted().toList();
        }
    }

    private Path tail() throws IOException {
        return segments().getLast();
    }
}
