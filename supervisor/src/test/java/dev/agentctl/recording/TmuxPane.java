package dev.agentctl.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A pane of a tmux server of its own, whose program is this process: what is written here is what tmux shows.
///
/// One thread uses it.
final class TmuxPane implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    /// CAN ends whatever sequence is open, DSR 5 is answered when everything before it has been drawn.
    private static final String SYNC = "\u0018\u001b[5n";

    private static final String SYNCED = "\u001b[0n";

    private final Path folder;
    private final FileOutputStream terminal;
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

    TmuxPane(int columns, int rows) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("tmux");
        Path settings = folder.resolve("conf");
        Files.writeString(settings, """
                set -g status off
                set -g history-limit 1000
                set -g default-terminal screen-256color
                """);
        // The pane's own process only holds it open. Its terminal must be raw before anything is written to it.
        String holder = "stty raw -echo; tmux -S " + folder.resolve("socket") + " wait-for -S raw; exec sleep 100000";
        run("-f", settings.toString(), "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh", "-c", holder);
        run("wait-for", "raw");
        String path = run("display-message", "-p", "#{pane_tty}").strip();
        terminal = new FileOutputStream(path);
        FileInputStream input = new FileInputStream(path);
        Thread.ofPlatform().daemon().start(() -> read(input));
    }

    /// As `tmux -V` says it, or `no tmux` where there is none.
    static String version() {
        try {
            Process tmux =
                    new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start();
            return new String(tmux.getInputStream().readAllBytes(), UTF_8).strip();
        } catch (IOException _) {
            return "no tmux";
        }
    }

    private void read(FileInputStream input) {
        try (input) {
            for (int octet = input.read(); octet >= 0; octet = input.read()) {
                answers.add(octet);
            }
        } catch (IOException _) {
            // the pane is gone
        }
    }

    void write(String text) throws IOException {
        terminal.write(text.getBytes(UTF_8));
    }

    /// Waits until tmux has drawn everything that was written.
    private void sync() throws IOException, InterruptedException {
        write(SYNC);
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf(SYNCED) < 0) {
            Integer octet = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (octet == null) {
                throw new IOException("tmux did not answer DSR within " + LIMIT_SECONDS + " s, but sent " + answer);
            }
            answer.append((char) octet.intValue());
        }
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        sync();
        run("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /// The screen as text with SGR.
    String capture() throws IOException, InterruptedException {
        sync();
        return run("capture-pane", "-p", "-e", "-N");
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tmux", "-u", "-S", folder.resolve("socket").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process tmux = builder.start();
        String output = new String(tmux.getInputStream().readAllBytes(), UTF_8);
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        try {
            run("kill-server");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        terminal.close();
        Files.delete(folder.resolve("conf"));
        Files.deleteIfExists(folder.resolve("socket"));
        Files.delete(folder);
    }
}
