package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `demo` with all its real processes.
@Timeout(180)
class DemoTest {
    private static final String SCRIPT = "/to demo blue\n/sessions\n/to demo thanks\n/screen demo\n/quit\n";

    @TempDir
    Path temporary;

    @Test
    void aScriptSeesTheQuestionTheAccidentAndTheReturn() throws IOException, InterruptedException {
        try (DemoProcess demo = new DemoProcess(temporary)) {
            demo.write(SCRIPT);
            demo.await("[demo] 🔔 **begun**");
            demo.await("[demo] ❓ Which colour");
            demo.await("> /to demo blue");
            demo.await("👍 accepted");
            demo.await("[demo] 🔔 **built** `page.html` is ready, in blue.");
            demo.await("[demo] 💥 crashed (ended by signal 9)");
            demo.await("[demo] 🔔 **back**");
            demo.await("- `demo` idle");
            demo.await("[demo] 🔔 **heard** You typed: thanks");
            demo.await("* I tell the operator that I read it.");
            assertThat(demo.awaitEnd()).isZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void aScriptSeesTheSameEachTime() throws IOException, InterruptedException {
        assertThat(shown(SCRIPT)).isEqualTo(shown(SCRIPT));
    }

    /// What one run prints, without what differs by nature: numbers and names made by chance.
    private List<String> shown(String script) throws IOException, InterruptedException {
        try (DemoProcess demo = new DemoProcess(temporary)) {
            demo.write(script);
            assertThat(demo.awaitEnd()).isZero();
            return demo.seen().stream()
                    .map(line -> line.replaceAll("\\(question [a-z0-9]+\\)", "(question)")
                            .replaceAll("#[a-z0-9]{6}", "#id")
                            .replaceAll("[0-9]+", "0"))
                    .toList();
        }
    }

    @Test
    void theEndOfTheInputIsTheEndOfTheDemo() throws IOException, InterruptedException {
        try (DemoProcess demo = new DemoProcess(temporary)) {
            assertThat(demo.endInput().awaitEnd()).isZero();
            assertThat(demo.seen()).anyMatch(line -> line.startsWith("[demo] ❓"));
            assertNothingIsLeft(demo);
        }
    }

    @ParameterizedTest(name = "{0} at \"{1}\"")
    @CsvSource({"INT, Starting a host", "INT, The agent waits", "INT, crashed", "TERM, running again", "HUP, back"})
    void aSignalLeavesNothing(String signal, String moment) throws IOException, InterruptedException {
        try (DemoProcess demo = new DemoProcess(temporary)) {
            demo.write("/to demo blue\n");
            demo.await(moment);
            demo.signal(signal);
            assertThat(demo.awaitEnd()).isZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void aSupervisorThatDiesEndsTheDemoAndLeavesNothing() throws IOException, InterruptedException {
        try (DemoProcess demo = new DemoProcess(temporary)) {
            demo.await("The agent waits");
            String pid = RoleLock.holder(new StateFolder(demo.home().resolve("state")).supervisorLock());
            ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
            assertThat(demo.awaitEnd()).isEqualTo(ExitCode.UNREACHABLE.number());
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void aMessageBeforeTheQuestionIsItsAnswer() throws IOException, InterruptedException, ExecutionException {
        List<String> seen = new ArrayList<>();
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream screen = new PipedInputStream(1 << 16);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Surroundings person = person(new PipedInputStream(keyboard), new PipedOutputStream(screen));
            Future<Integer> end = thread.submit(() -> Main.run(new String[] {"demo"}, person));
            // a person's lines go out at once, and this one is there before the agent has begun
            keyboard.write("/to demo amber\n".getBytes(StandardCharsets.UTF_8));
            BufferedReader lines = new BufferedReader(new InputStreamReader(screen, StandardCharsets.UTF_8));
            String line = "";
            while (!line.contains("Now it is yours")) {
                line = Objects.requireNonNull(lines.readLine());
                seen.add(line);
            }
            keyboard.write("/quit\n".getBytes(StandardCharsets.UTF_8));
            assertThat(end.get()).isZero();
        }
        assertThat(seen).contains("[demo] 🔔 **built** `page.html` is ready, in amber.");
        assertThat(seen).noneMatch(line -> line.contains("❓"));
    }

    private static Surroundings person(InputStream in, OutputStream screen) {
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new Surroundings(System.getenv(), in, out, out, true, RoleLaunch.SUPERVISOR);
    }

    private static void assertNothingIsLeft(DemoProcess demo) throws IOException {
        assertThat(demo.running()).isEmpty();
        assertThat(demo.left()).isEmpty();
    }
}
