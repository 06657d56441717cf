package dev.agentctl.cli;

import dev.agentctl.agent.TranscriptEntry;
import dev.agentctl.agent.TranscriptReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// A conversation as readable lines, from the agent's own file of it: who speaks, then what is said; tools' calls with
/// the beginning of what they gave.
final class TranscriptLog {
    private static final int RESULT_LINES = 10;
    private static final int READ_AT_ONCE = 64 << 10;

    private final Path file;
    private final Predicate<Instant> when;
    private final Predicate<LogLine> wanted;
    private final LogLines.LineSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean more = true;
    private boolean first = true;

    /// @param when which steps, by their time
    TranscriptLog(Path file, Predicate<Instant> when, Predicate<LogLine> wanted, LogLines.LineSink sink) {
        this.file = file;
        this.when = when;
        this.wanted = wanted;
        this.sink = sink;
    }

    /// Reads to the file's end, and on as it grows where that is wanted.
    void read(boolean follow) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file);
                WatchService changes = file.getFileSystem().newWatchService()) {
            if (follow) {
                Objects.requireNonNull(file.toAbsolutePath().getParent())
                        .register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
            }
            drain(in);
            if (follow) {
                sink.caughtUp();
            }
            while (follow && more) {
                WatchKey key = changes.take();
                key.pollEvents();
                key.reset();
                drain(in);
            }
        }
    }

    private void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        int count = in.read(buffer);
        while (count > 0 && more) {
            for (int i = 0; i < count && more; i++) {
                if (buffer[i] == '\n') {
                    endLine();
                } else {
                    line.write(buffer[i]);
                }
            }
            count = in.read(buffer);
        }
    }

    private void endLine() {
        for (TranscriptEntry entry : TranscriptReader.read(line.toString(StandardCharsets.UTF_8))) {
            if (entry.at().map(when::test).orElse(true)) {
                show(entry);
            }
        }
        line.reset();
    }

    private void show(TranscriptEntry entry) {
        OptionalLong at =
                entry.at().isPresent() ? OptionalLong.of(entry.at().get().toEpochMilli()) : OptionalLong.empty();
        List<String> lines = Printable.text(entry.text()).lines().toList();
        switch (entry.kind()) {
            case USER -> said(at, "you", lines);
            case AGENT -> said(at, "agent", lines);
            case TOOL -> {
                give(at, "  > " + lines.getFirst());
                lines.stream().skip(1).forEach(more -> give(at, "    " + more));
            }
            case RESULT -> {
                lines.stream().limit(RESULT_LINES).forEach(more -> give(at, "    " + more));
                if (lines.size() > RESULT_LINES) {
                    give(at, "    (" + (lines.size() - RESULT_LINES) + " more lines)");
                }
            }
            case NOTE -> lines.forEach(note -> give(at, "  [" + note + "]"));
        }
    }

    private void said(OptionalLong at, String who, List<String> lines) {
        if (!first) {
            give(at, "");
        }
        first = false;
        give(at, "-- " + who + (at.isPresent() ? ", " + Times.local(at.getAsLong()) : "") + " --");
        lines.forEach(text -> give(at, text));
    }

    private void give(OptionalLong at, String text) {
        LogLine next = new LogLine(at, text);
        if (more && wanted.test(next)) {
            more = sink.take(next);
        }
    }
}
