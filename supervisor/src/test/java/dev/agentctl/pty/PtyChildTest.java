package dev.agentctl.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What pty4j does not do by itself, see its traps at [Spawned], [Master], [Descriptors] and [LineMode].
@Timeout(120)
class PtyChildTest {
    @TempDir
    Path temporary;

    /// pty4j alone sets the size after the start: 1 of 300 saw 0 x 0.
    @Test
    void theSizeIsThereBeforeTheProgram() throws IOException, InterruptedException, PtyStartException {
        for (int i = 0; i < 200; i++) {
            assertThat(Children.output(Children.start(temporary, "stty", "size")))
                    .as("start %d", i)
                    .isEqualTo("24 80\r\n");
        }
    }

    /// The virtual machine holds SIGQUIT back in all its threads, and a child inherits that from the one that forks it.
    @Test
    void theQuitKeyEndsAChild() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "grep SigBlk /proc/self/status; exec sleep 60");
        assertThat(Children.readUntil(child, "\r\n")).isEqualTo("SigBlk:\t0000000000000000\r\n");
        child.write(new byte[] {'\\' & 0x1f}, Duration.ofSeconds(20));
        Children.output(child);
        assertThat(child.awaitExit()).isEqualTo(128 + 3);
    }

    /// pty4j's own stream ends at its reaper's word: 8 of 6,000 short commands lost what they had printed.
    @Test
    void theLastWordsOfAShortCommandAreKept() throws IOException, InterruptedException, PtyStartException {
        String expected = "x".repeat(3_000) + "\r\nlast";
        for (int i = 0; i < 150; i++) {
            PtyChild child = Children.script(temporary, "printf '%3000s\\nlast' '' | tr ' ' x");
            assertThat(Children.output(child)).as("start %d", i).isEqualTo(expected);
        }
    }

    /// pty4j would start it in our own folder, without a word.
    @Test
    void aMissingFolderIsRefused() {
        assertThatThrownBy(() -> Children.script(temporary.resolve("none"), "pwd"))
                .isInstanceOf(PtyStartException.class)
                .hasMessageStartingWith("no folder " + temporary.resolve("none"));
    }

    @Test
    void aFolderIsTheWorkingFolder() throws IOException, InterruptedException, PtyStartException {
        assertThat(Children.output(Children.script(temporary, "pwd -P")).strip())
                .isEqualTo(temporary.toRealPath().toString());
    }

    /// What the kernel refuses to run is told, and leaves no second copy of this virtual machine.
    @Test
    void whatCannotBeExecutedIsRefused() throws IOException {
        for (String program : List.of("#!/no/such/interpreter\n", "no first line\n")) {
            String name = orphan(program).toString();
            assertThatThrownBy(() -> Children.start(temporary, name))
                    .isInstanceOfSatisfying(
                            PtyStartException.class,
                            e -> assertThat(e.permanent()).isTrue())
                    .hasMessageStartingWith("cannot start " + name + ": ");
        }
        assertThat(copiesOfUs()).isEmpty();
    }

    private Path orphan(String text) throws IOException {
        Path orphan = Files.writeString(temporary.resolve("orphan"), text);
        return Files.setPosixFilePermissions(orphan, PosixFilePermissions.fromString("rwx------"));
    }

    /// The terminal is its own, with nothing else of ours: no descriptor, no signal held back or ignored.
    @Test
    void aChildHasItsTerminalAndNothingElse() throws IOException, InterruptedException, PtyStartException {
        String script = "tty; ps -o pid=,sid=,pgid=,tpgid= $$; ls /proc/$$/fd | xargs"
                + "; sed -n 's/^Sig[BI][lg][kn]:.//p' /proc/$$/status";
        List<String> lines =
                Children.output(Children.script(temporary, script)).lines().toList();
        assertThat(lines.getFirst()).startsWith("/dev/pts/");
        assertThat(List.of(lines.get(1).strip().split(" +", -1)).stream().distinct())
                .hasSize(1);
        assertThat(lines.get(2)).isEqualTo("0 1 2");
        assertThat(lines.subList(3, lines.size())).hasSize(2).allSatisfy(signals -> {
            // the C library keeps those from 32 on for itself
            assertThat((int) Long.parseLong(signals, 16) & Integer.MAX_VALUE).isZero();
        });
    }

    /// As on a system that has no posix_spawn with all that is needed.
    @Test
    void aForkedChildIsTheSame() throws IOException, InterruptedException, PtyStartException {
        Path orphan = orphan("#!/no/such/interpreter\n");
        PtyChild failed = PtyChild.start(command(orphan.toString()), true);
        Children.output(failed);
        assertThat(failed.awaitExit()).isNotZero();
        assertThat(copiesOfUs()).isEmpty();
        String script = "stty size; grep SigBlk /proc/self/status; pwd -P";
        assertThat(Children.output(PtyChild.start(command("/bin/sh", "-c", script), true)))
                .isEqualTo("24 80\r\nSigBlk:\t0000000000000000\r\n" + temporary.toRealPath() + "\r\n");
    }

    private PtyCommand command(String... argv) {
        return new PtyCommand(List.of(argv), temporary, Map.of("PATH", "/usr/bin:/bin"), 80, 24);
    }

    private static List<Long> copiesOfUs() {
        ProcessHandle self = ProcessHandle.current();
        Optional<String> ours = self.info().commandLine();
        return self.children()
                .filter(child -> ours.isPresent() && child.info().commandLine().equals(ours))
                .map(ProcessHandle::pid)
                .toList();
    }

    /// About 17 KB fill the terminal of a child that reads nothing; pty4j's stream would block for ever.
    @Test
    void aChildThatDoesNotReadCostsTheDeadlineOnly() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "stty raw -echo; echo ready; exec sleep 60");
        Children.readUntil(child, "ready");
        int written = child.write(new byte[200_000], Duration.ofMillis(200));
        assertThat(written).isBetween(1, 199_999);
        // the kernel may still move some of it on
        int more = 0;
        while (child.write(new byte[1_000], Duration.ofMillis(200)) == 1_000) {
            more++;
            assertThat(more).isLessThan(100);
        }
        child.signal(Signal.KILL);
        Children.output(child);
    }

    /// pty4j's stream swallows both.
    @Test
    void writesToAnEndedChildAreCountedAsNotWritten() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "exit 3");
        byte[] text = "lost".getBytes(StandardCharsets.UTF_8);
        assertThat(child.awaitExit()).isEqualTo(3);
        Children.output(child);
        assertThat(child.write(text, Duration.ofSeconds(1))).isZero();
        child.resize(100, 30);
        assertThat(child.isDrained()).isTrue();
    }

    /// Of a line of 20,001 bytes 4,096 would arrive, and nobody would know.
    @Test
    void aLineThatTheTerminalWouldCutIsObjectedTo() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "stty -echo; echo ready; wc -c; sleep 60");
        Children.readUntil(child, "ready");
        byte[] longest = ("x".repeat(4_095) + "\r").getBytes(StandardCharsets.UTF_8);
        assertThat(child.objection(longest)).isEmpty();
        assertThat(child.objection(("x".repeat(4_096) + "\r").getBytes(StandardCharsets.UTF_8)))
                .hasValue("its terminal takes whole lines of at most 4095 bytes and would cut one of 4096");
        assertThat(child.write(longest, Duration.ofSeconds(20))).isEqualTo(longest.length);
        child.write(new byte[] {4}, Duration.ofSeconds(20));
        assertThat(Children.readUntil(child, "4096")).contains("4096");
        child.signal(Signal.KILL);
        Children.output(child);
    }

    @Test
    void aProgramThatReadsEachByteMayGetAnyLine() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "stty raw -echo; echo ready; head -c 20001 | wc -c; sleep 60");
        Children.readUntil(child, "ready");
        byte[] line = ("x".repeat(20_000) + "\r").getBytes(StandardCharsets.UTF_8);
        assertThat(child.objection(line)).isEmpty();
        assertThat(child.write(line, Duration.ofSeconds(20))).isEqualTo(line.length);
        Children.readUntil(child, "20001");
        child.signal(Signal.KILL);
        Children.output(child);
    }

    @Test
    void theLastOfManySizesWins() throws IOException, InterruptedException, PtyStartException {
        PtyChild child = Children.script(temporary, "echo ready; read line; stty size; sleep 60");
        Children.readUntil(child, "ready");
        for (int i = 0; i < 500; i++) {
            child.resize(20 + i % 200, 10 + i % 50);
        }
        child.resize(77, 33);
        child.write(new byte[] {'\r'}, Duration.ofSeconds(20));
        assertThat(Children.readUntil(child, "33 77")).contains("33 77");
        child.signal(Signal.KILL);
        Children.output(child);
    }

    /// A signal to the group does not reach what has left it; the cookie in its environment finds it.
    @Test
    void escapedGrandchildrenAreFoundByTheirCookie() throws IOException, InterruptedException, PtyStartException {
        String cookie = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        PtyChild child = PtyChild.start(new PtyCommand(
                List.of(
                        "/bin/sh",
                        "-c",
                        "setsid sh -c 'trap \"\" HUP; sleep 100 &"
                                + " until read -r name < /proc/$!/comm && [ $name = sleep ]; do :; done; echo up; wait' &"
                                + " sleep 100"),
                temporary,
                Map.of("PATH", "/usr/bin:/bin", "AGENTCTL_COOKIE", cookie),
                80,
                24));
        Children.readUntil(child, "up");
        child.signal(Signal.KILL);
        child.awaitExit();
        List<Long> escaped = Leftovers.find("AGENTCTL_COOKIE", cookie);
        assertThat(escaped).hasSizeBetween(2, 4);
        escaped.forEach(Signal.KILL::send);
        Children.output(child);
        // a process closes its terminal before it is a zombie
        while (escaped.stream().anyMatch(PtyChildTest::isAlive)) {
            Thread.sleep(20);
        }
        assertThat(escaped).noneMatch(PtyChildTest::isAlive);
    }

    private static boolean isAlive(long pid) {
        try {
            // a zombie is init's to bury
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException _) {
            return false;
        }
    }
}
