package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.fail;

import dev.agentctl.testkit.BuiltProduct;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `agentctl demo` as a process of its own, its folder below a given one.
final class DemoProcess implements AutoCloseable {
    private static final String END = "the end of the output";
    private static final long PATIENCE_SECONDS = 60;

    private final Path temporary;
    private final Process process;
    private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    DemoProcess(Path temporary) throws IOException {
        this.temporary = temporary;
        List<String> command = BuiltProduct.commandLine("demo");
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        // tests that run under nohup, or in the background of a script, have passed on that these are ignored
        command.addAll(0, List.of("env", "--default-signal=HUP,INT"));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(coming::add);
        } catch (IOException e) {
            coming.add(e.toString());
        }
        coming.add(END);
    }

    DemoProcess write(String lines) throws IOException {
        process.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    DemoProcess endInput() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /// Waits for a line that contains the text, and returns it.
    String await(String text) throws InterruptedException {
        String line = "";
        while (!line.contains(text)) {
            line = coming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                return fail("'" + text + "' did not come after:\n" + String.join("\n", seen));
            }
            seen.add(line);
        }
        return line;
    }

    /// Waits for the end, and returns the exit code.
    int awaitEnd() throws InterruptedException {
        String line = coming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.equals(END)) {
            seen.add(line);
            line = coming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : fail("it does not end");
    }

    /// All lines so far.
    List<String> seen() {
        return seen;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /// The folder of this run.
    Path home() throws IOException {
        return left().stream().findFirst().orElseThrow();
    }

    /// The folders that are left.
    List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.toString().startsWith(temporary + "/agentctl-demo-"))
                    .toList();
        }
    }

    /// The processes that are left: whatever has the folder's name in its environment.
    List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle handle) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(handle.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(temporary + "/agentctl-demo-");
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        running().forEach(ProcessHandle::destroyForcibly);
    }
}
