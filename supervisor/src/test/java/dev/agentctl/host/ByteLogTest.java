package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Logs in real folders, with limits that are reached soon. What happens when a disk fails is in [FailingDiskTest].
@Timeout(120)
class ByteLogTest {
    static final LogLimits SMALL = new LogLimits(
            32 << 10,
            1 << 20,
            64 << 10,
            256 << 10,
            1 << 20,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofSeconds(30));

    @TempDir
    Path temporary;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private LogStore store = new LogStore(SMALL, now::get);

    @AfterEach
    void close() {
        store.close();
    }

    private void reopenStore() {
        store.close();
        store = new LogStore(SMALL, now::get);
    }

    /// So many lines of 16 bytes that tell their offset, and no more for a while.
    static void print(ByteLog log, int lines) {
        for (int i = 0; i < lines; i++) {
            byte[] line = "%015d\n".formatted(log.end()).getBytes(StandardCharsets.US_ASCII);
            log.append(line, line.length);
        }
        log.settle();
    }

    static void awaitTrue(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean isWhole(LogReading reading, long from) {
        long offset = from;
        for (String line : reading.text().lines().toList()) {
            if (Long.parseLong(line) != offset) {
                return false;
            }
            offset += 16;
        }
        return true;
    }

    @Test
    void readersOfAnySpeedGetEveryByte() throws InterruptedException {
        ByteLog log = store.open(temporary);
        LogCursor slow = log.cursor(0, -1);
        print(log, 10_000);
        LogReading all = LogReading.of(log, 0);
        assertThat(all.gaps()).isEmpty();
        assertThat(all.text()).hasSize(160_000);
        assertThat(isWhole(all, 0)).isTrue();
        assertThat(log.next(slow, false, false)).isInstanceOf(LogItem.Bytes.class);
        assertThat(isWhole(LogReading.of(log, 80_000), 80_000)).isTrue();
        assertThat(log.losses()).isEqualTo(Losses.NONE);
    }

    /// A key's echo is not to compete with those whom nobody waits for.
    @Test
    void whoLingersIsNotWokenUntilTheOutputSettles() throws InterruptedException {
        ByteLog log = store.open(temporary);
        CountDownLatch prompt = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        Thread lingering = follow(log, true, late);
        Thread eager = follow(log, false, prompt);
        awaitTrue("both wait", () -> isWaiting(lingering) && isWaiting(eager));
        log.append(new byte[] {'x'}, 1);
        assertThat(prompt.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log.isUnsettled()).isTrue();
        assertThat(isWaiting(lingering)).isTrue();
        assertThat(log.spool().end()).isZero();
        log.settle();
        assertThat(late.await(60, TimeUnit.SECONDS)).isTrue();
        awaitTrue("it is on disk", () -> log.spool().end() == 1);
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private static Thread follow(ByteLog log, boolean lingers, CountDownLatch came) {
        LogCursor cursor = log.cursor(0, -1);
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                log.next(cursor, true, lingers);
                came.countDown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void theOldestGoesAtTheLimitOfASessionAndIsAGap() throws InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 40_000);
        awaitTrue("all is on disk", () -> log.spool().end() == log.end());
        assertThat(log.spool().bytes()).isBetween(SMALL.sessionBytes() / 2, SMALL.sessionBytes());
        LogReading rest = LogReading.of(log, 0);
        assertThat(rest.gaps()).containsExactly(new LogItem.Gap(0, log.start()));
        assertThat(isWhole(rest, log.start())).isTrue();
        assertThat(log.losses()).as("what a limit drops is not lost").isEqualTo(Losses.NONE);
    }

    @Test
    void whatIsTooOldGoes() throws InterruptedException {
        ByteLog log = store.open(temporary);
        print(log, 2_000);
        awaitTrue("all is on disk", () -> log.spool().end() == log.end());
        now.updateAndGet(before -> before.plus(Duration.ofDays(2)));
        print(log, 1_000);
        awaitTrue("all is on disk", () -> log.spool().end() == log.end());
        assertThat(log.spool().start()).isZero();
        now.updateAndGet(before -> before.plus(Duration.ofDays(29)));
        print(log, 1_000);
        awaitTrue("the first day's is gone", () -> log.spool().start() == 32_000);
        assertThat(isWhole(LogReading.of(log, 32_000), 32_000)).isTrue();
    }

    @Test
    void whatIsTooOldIsKnownByItsFilesToo() throws InterruptedException, IOException {
        ByteLog log = store.open(temporary);
        print(log, 100);
        log.close();
        try (Stream<Path> segments = Files.list(temporary.resolve("log"))) {
            for (Path segment : segments.toList()) {
                Files.setLastModifiedTime(segment, FileTime.from(now.get().minus(Duration.ofDays(31))));
            }
        }
        reopenStore();
        ByteLog again = store.open(temporary);
        assertThat(again.end()).isEqualTo(1_600);
        print(again, 100);
        awaitTrue("the old is gone", () -> again.spool().start() == 1_600);
    }

    @Test
    void theOldestOfAllSessionsGoesAtTheLimitOfTheTotal() throws InterruptedException {
        List<ByteLog> logs = Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> store.open(temporary.resolve(name)))
                .toList();
        for (ByteLog log : logs) {
            now.updateAndGet(before -> before.plusSeconds(60));
            // no more at once than the ring holds, or a slow disk would lose some
            for (int part = 0; part < 14; part++) {
                print(log, 1_000);
                awaitTrue("all is on disk", () -> log.spool().end() == log.end());
            }
        }
        awaitTrue(
                "the total is within its limit",
                () -> logs.stream().mapToLong(log -> log.spool().bytes()).sum() <= SMALL.totalBytes());
        assertThat(logs.getFirst().spool().bytes())
                .isLessThan(logs.getLast().spool().bytes());
        assertThat(logs.getLast().spool().bytes()).isGreaterThan(SMALL.sessionBytes() / 2);
        print(logs.getFirst(), 10);
        assertThat(LogReading.of(logs.getFirst(), -160).text()).hasSize(160);
    }

    @Test
    void aLogGoesOnWhereItEnded() throws InterruptedException {
        ByteLog log = store.open(temporary);
        log.mark(new Mark.Started(1, 100));
        print(log, 5_000);
        log.mark(new Mark.Exited(1, 3));
        reopenStore();
        ByteLog again = store.open(temporary);
        assertThat(again.end()).isEqualTo(80_000);
        print(again, 5_000);
        LogReading all = LogReading.of(again, 0);
        assertThat(isWhole(all, 0)).isTrue();
        assertThat(all.marks()).containsExactly(new Mark.Started(1, 100), new Mark.Exited(1, 3));
        assertThat(again.losses()).isEqualTo(Losses.NONE);
    }

    /// A killed host may have shown its readers what no disk had yet.
    @Test
    void aReaderFromBeforeAKillGoesOnAtTheEnd() throws InterruptedException {
        ByteLog log = store.open(temporary);
        log.mark(new Mark.Started(1, 100));
        print(log, 10);
        LogCursor ahead = log.cursor(5_000, now.get().toEpochMilli() + 7);
        assertThat(ahead.offset()).isEqualTo(160);
        now.updateAndGet(before -> before.plusSeconds(1));
        print(log, 1);
        log.mark(new Mark.Started(2, 101));
        assertThat(log.next(ahead, false, false)).isInstanceOf(LogItem.Bytes.class);
        assertThat(log.next(ahead, false, false))
                .isInstanceOfSatisfying(
                        LogItem.Marked.class,
                        marked -> assertThat(marked.mark()).isEqualTo(new Mark.Started(2, 101)));
    }

    @Test
    void memoryIsSharedAndGivenBack() throws InterruptedException {
        LogLimits tight = new LogLimits(
                256 << 10,
                300 << 10,
                64 << 10,
                256 << 10,
                1 << 20,
                Duration.ofDays(1),
                Duration.ofDays(30),
                Duration.ofSeconds(30));
        try (LogStore narrow = new LogStore(tight, now::get)) {
            ByteLog first = narrow.open(temporary.resolve("first"));
            print(first, 20_000);
            ByteLog second = narrow.open(temporary.resolve("second"));
            print(second, 5_000);
            assertThat(isWhole(LogReading.of(second, 0), 0)).isTrue();
            awaitTrue("all is on disk", () -> first.spool().end() == first.end());
            first.close();
            second.close();
            assertThat(narrow.memory().take(300 << 10)).isTrue();
        }
    }

    @Test
    void foreignFilesArePutAside() throws InterruptedException, IOException {
        ByteLog log = store.open(temporary);
        print(log, 100);
        log.close();
        Path folder = temporary.resolve("log");
        Files.writeString(folder.resolve("notes.bytes"), "mine");
        Files.createSymbolicLink(folder.resolve("00000000000000099999.bytes"), Path.of("/etc/passwd"));
        reopenStore();
        ByteLog again = store.open(temporary);
        assertThat(isWhole(LogReading.of(again, 0), 0)).isTrue();
        assertThat(again.end()).isEqualTo(1_600);
        assertThat(folder.resolve("notes.bytes.bad")).hasContent("mine");
        print(again, 100);
        assertThat(isWhole(LogReading.of(again, 0), 0)).isTrue();
    }

    @Test
    void aSegmentThatWasCutIsACountedGap() throws InterruptedException, IOException {
        ByteLog log = store.open(temporary);
        print(log, 10_000);
        log.close();
        try (Stream<Path> segments = Files.list(temporary.resolve("log"))) {
            Path first = segments.sorted().findFirst().orElseThrow();
            Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 16_000));
        }
        reopenStore();
        ByteLog again = store.open(temporary);
        LogReading reading = LogReading.of(again, 0);
        assertThat(reading.gaps()).hasSize(1);
        assertThat(again.losses()).isEqualTo(new Losses(reading.missing(), 1));
        assertThat(reading.text().length() + reading.missing()).isEqualTo(160_000);
    }

    /// Any one flipped bit: what is whole goes on, the file is kept for a person to look at.
    @Test
    void aDamagedMarkFileIsPutAside() throws InterruptedException, IOException {
        ByteLog log = store.open(temporary);
        for (int i = 1; i <= 20; i++) {
            log.mark(new Mark.Started(i, 1_000 + i));
            print(log, 10);
        }
        log.close();
        Path marks = temporary.resolve("marks");
        byte[] whole = Files.readAllBytes(marks);
        for (int i = 0; i < 24; i++) {
            byte[] damaged = whole.clone();
            damaged[i * (whole.length - 1) / 24] ^= (byte) (1 << (i % 8));
            Files.write(marks, damaged);
            Files.deleteIfExists(temporary.resolve("marks.bad"));
            reopenStore();
            ByteLog again = store.open(temporary);
            assertThat(again.end()).as("bit %d", i).isEqualTo(3_200);
            assertThat(LogReading.of(again, 0).marks()).hasSizeBetween(18, 19);
            assertThat(temporary.resolve("marks.bad")).hasBinaryContent(damaged);
        }
    }

    @Test
    void aMarkThatACrashCutShortIsSkipped() throws InterruptedException, IOException {
        ByteLog log = store.open(temporary);
        log.mark(new Mark.Started(1, 100));
        log.mark(new Mark.Exited(1, 0));
        log.close();
        Path marks = temporary.resolve("marks");
        byte[] whole = Files.readAllBytes(marks);
        Files.write(marks, Arrays.copyOf(whole, whole.length - 5));
        reopenStore();
        ByteLog again = store.open(temporary);
        again.mark(new Mark.Started(2, 101));
        again.close();
        assertThat(temporary.resolve("marks.bad")).doesNotExist();
        reopenStore();
        assertThat(LogReading.of(store.open(temporary), 0).marks())
                .containsExactly(new Mark.Started(1, 100), new Mark.Started(2, 101));
    }

    @Test
    void marksAreBounded() throws InterruptedException {
        ByteLog log = store.open(temporary);
        for (int i = 0; i < 3 * MarkFile.KEPT; i++) {
            log.mark(new Mark.Resized(10 + i % 200, 24));
        }
        log.close();
        assertThat(lines(temporary.resolve("marks"))).isLessThanOrEqualTo(2 * MarkFile.KEPT);
        reopenStore();
        List<Mark> marks = LogReading.of(store.open(temporary), 0).marks();
        assertThat(marks).hasSizeBetween(MarkFile.KEPT, 2 * MarkFile.KEPT);
        assertThat(marks.getLast()).isEqualTo(new Mark.Resized(10 + (3 * MarkFile.KEPT - 1) % 200, 24));
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
