package dev.agentctl.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentctl.terminal.QueryFilter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a program printed on a terminal of a given size, in order. Queries are in it.
///
/// The files `NAME.cast.gz` among the test resources are asciicast v2, gzipped: a header line with `width` and
/// `height`, then one line for each event, `[seconds, "o", output]`, `[seconds, "r", "COLUMNSxROWS"]`, or
/// `[seconds, "m", label]` for a checkpoint. `asciinema play` shows them after `gunzip`. [MakeRecordings] makes them.
public record Recording(String name, int columns, int rows, List<RecordedEvent> events) {
    /// All of them, by name.
    public static final List<String> NAMES = List.of(
            "claude-fullscreen",
            "claude-inline",
            "claude-ghostty",
            "codex-fullscreen",
            "codex-inline",
            "vim",
            "less",
            "htop",
            "vttest-cursor",
            "vttest-screen",
            "vttest-charsets",
            "vttest-doublesize",
            "vttest-vt102",
            "vttest-colours",
            "vttest-moves",
            "vttest-ecma48",
            "vttest-vt220");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SUFFIX = ".cast.gz";

    public Recording {
        events = List.copyOf(events);
    }

    public static List<Recording> all() throws IOException {
        List<Recording> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(named(name));
        }
        return all;
    }

    public static Recording named(String name) throws IOException {
        try (InputStream file = Recording.class.getResourceAsStream("/recordings/" + name + SUFFIX)) {
            if (file == null) {
                throw new IOException("no recording " + name + " among the test resources; MakeRecordings makes it");
            }
            return read(name, new GZIPInputStream(file));
        }
    }

    private static Recording read(String name, InputStream input) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, UTF_8));
        JsonNode header = JSON.readTree(lines.readLine());
        List<RecordedEvent> events = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            events.add(event(JSON.readTree(line)));
        }
        return new Recording(
                name, header.path("width").asInt(), header.path("height").asInt(), events);
    }

    private static RecordedEvent event(JsonNode line) throws IOException {
        String value = line.path(2).asString();
        return switch (line.path(1).asString()) {
            case "o" -> new RecordedEvent.Output(value);
            case "m" -> new RecordedEvent.Checkpoint(value);
            case "r" -> {
                String[] size = value.split("x", -1);
                yield new RecordedEvent.Resize(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
            }
            default -> throw new IOException("not an event of a recording: " + line);
        };
    }

    /// Writes it into a folder of recordings.
    void write(Path folder) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + SUFFIX));
                OutputStream packed = new GZIPOutputStream(file)) {
            packed.write(lines().getBytes(UTF_8));
        }
    }

    /// The lines of its file; the events happen 50 ms apart, as nothing depends on their real times.
    String lines() {
        StringBuilder lines = new StringBuilder("{\"version\":2,\"width\":" + columns + ",\"height\":" + rows);
        lines.append(",\"title\":\"").append(name).append("\"}\n");
        for (int i = 0; i < events.size(); i++) {
            lines.append(line(i * 5 / 100.0, events.get(i))).append('\n');
        }
        return lines.toString();
    }

    /// The same without what makes a terminal answer, for terminals whose answers nobody reads.
    Recording withoutQueries() {
        QueryFilter filter = new QueryFilter();
        List<RecordedEvent> quiet = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (event instanceof RecordedEvent.Output(String text)) {
                byte[] bytes = text.getBytes(UTF_8);
                quiet.add(new RecordedEvent.Output(new String(filter.filter(bytes, 0, bytes.length), UTF_8)));
            } else {
                quiet.add(event);
            }
        }
        return new Recording(name, columns, rows, quiet);
    }

    private static String line(double seconds, RecordedEvent event) {
        Object[] line = switch (event) {
            case RecordedEvent.Output(String text) -> new Object[] {seconds, "o", text};
            case RecordedEvent.Resize(int columns, int rows) -> new Object[] {seconds, "r", columns + "x" + rows};
            case RecordedEvent.Checkpoint(String label) -> new Object[] {seconds, "m", label};
        };
        return JSON.writeValueAsString(line);
    }

    /// All output in one, sizes left out.
    public byte[] output() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (RecordedEvent event : events) {
            if (event instanceof RecordedEvent.Output(String text)) {
                all.writeBytes(text.getBytes(UTF_8));
            }
        }
        return all.toByteArray();
    }
}
