package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import dev.agentctl.terminal.Terminal;
import dev.agentctl.testkit.BuiltProduct;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The command line as a process in a terminal of its own, as a person has it: what it writes is drawn into a screen.
final class PtyRun implements AutoCloseable {
    private final PtyChild child;
    private final Semaphore reading = new Semaphore(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream(); // guarded by lock, as all below
    private final Terminal terminal;
    private boolean ended;

    private PtyRun(PtyChild child, int columns, int rows) {
        this.child = child;
        this.terminal = new Terminal(columns, rows, 1_000, _ -> {});
    }

    /// Starts `agentctl ARGUMENTS`.
    static PtyRun start(StateFolder folder, int columns, int rows, String... arguments) throws PtyStartException {
        return start(folder, columns, rows, BuiltProduct.commandLine(arguments));
    }

    /// Starts `agentctl ARGUMENTS` with another main than the product's.
    static PtyRun startMain(Class<?> main, StateFolder folder, String... arguments) throws PtyStartException {
        List<String> command = new ArrayList<>(new RoleLaunch("agentctl", main.getName(), 64).command());
        command.addAll(List.of(arguments));
        return start(folder, 80, 24, command);
    }

    /// Starts `agentctl ARGUMENTS` within a script of the shell, where `"$@"` stands for it.
    static PtyRun inShell(StateFolder folder, String script, String... arguments) throws PtyStartException {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        argv.addAll(BuiltProduct.commandLine(arguments));
        return start(folder, 80, 24, argv);
    }

    private static PtyRun start(StateFolder folder, int columns, int rows, List<String> argv) throws PtyStartException {
        Map<String, String> environment = Map.of(
                "AGENTCTL_HOME", folder.path().toString(),
                "HOME", folder.path().toString(),
                "PATH", "/usr/bin:/bin",
                "LC_ALL", "C.UTF-8",
                "TERM", "xterm-256color",
                "SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22");
        PtyRun run = new PtyRun(
                PtyChild.start(new PtyCommand(argv, Path.of("/"), environment, columns, rows)), columns, rows);
        Thread.ofPlatform().daemon().name("terminal").start(run::pump);
        return run;
    }

    private void pump() {
        byte[] buffer = new byte[8 << 10];
        try {
            int count = read(buffer);
            while (count >= 0) {
                take(buffer, count);
                count = read(buffer);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            end();
        }
    }

    private int read(byte[] buffer) throws IOException {
        reading.acquireUninterruptibly();
        reading.release();
        return child.read(buffer);
    }

    /// As a terminal that has lost its line: takes at most one piece more.
    void stopReading() {
        reading.acquireUninterruptibly();
    }

    void readAgain() {
        reading.release();
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] bytes, int count) {
        lock.lock();
        try {
            raw.write(bytes, 0, count);
            terminal.feed(bytes, 0, count);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the screen shows the text, anywhere.
    void awaitScreen(String text) throws InterruptedException {
        await("the screen to show '" + text + "'", () -> screen().contains(text));
    }

    void awaitNoLongerOnScreen(String text) throws InterruptedException {
        await("the screen to lose '" + text + "'", () -> !screen().contains(text));
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                assertThat(!ended && left > 0)
                        .as("waiting for %s; it shows:%n%s", what, screen())
                        .isTrue();
                var _ = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    String screen() {
        lock.lock();
        try {
            return terminal.screen().text();
        } finally {
            lock.unlock();
        }
    }

    /// The text of the last row.
    String lastRow() {
        lock.lock();
        try {
            return terminal.screen().line(terminal.rows() - 1);
        } finally {
            lock.unlock();
        }
    }

    void awaitLastRow(String text) throws InterruptedException {
        await("the last row to show '" + text + "'", () -> lastRow().contains(text));
    }

    /// What the terminal does with keys and mouse, and how its cursor looks.
    String inputModes() {
        lock.lock();
        try {
            return new String(terminal.inputModes(), StandardCharsets.ISO_8859_1);
        } finally {
            lock.unlock();
        }
    }

    boolean alternateScreen() {
        lock.lock();
        try {
            return terminal.alternateScreen();
        } finally {
            lock.unlock();
        }
    }

    /// All that was written so far, one character per byte.
    String raw() {
        lock.lock();
        try {
            return raw.toString(StandardCharsets.ISO_8859_1);
        } finally {
            lock.unlock();
        }
    }

    boolean bracketedPaste() {
        lock.lock();
        try {
            return terminal.bracketedPaste();
        } finally {
            lock.unlock();
        }
    }

    void awaitBracketedPaste(boolean on) throws InterruptedException {
        await("bracketed paste to be " + on, () -> bracketedPaste() == on);
    }

    void type(String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        assertThat(child.write(bytes, Duration.ofSeconds(10))).isEqualTo(bytes.length);
    }

    void resize(int columns, int rows) {
        lock.lock();
        try {
            terminal.resize(columns, rows);
        } finally {
            lock.unlock();
        }
        child.resize(columns, rows);
    }

    /// Waits for its end and gives its exit code; the screen is then the last one.
    int awaitExit() throws InterruptedException {
        int code = child.awaitExit();
        lock.lock();
        try {
            while (!ended) {
                assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            lock.unlock();
        }
        return code;
    }

    /// Waits for its end alone, which its terminal may not have read to.
    int awaitEnd() throws InterruptedException {
        return child.awaitExit();
    }

    /// Waits until job control has stopped it; a SIGCONT that comes sooner is lost.
    void awaitStopped() throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(child.pid()), "status");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!Files.readString(status).contains("State:\tT")) {
            assertThat(System.nanoTime()).as("stopped").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    void signal(Signal signal) {
        signal.send(child.pid());
    }

    @Override
    public void close() {
        child.signal(Signal.KILL);
    }
}
