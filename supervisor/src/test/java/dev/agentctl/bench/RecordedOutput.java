package dev.agentctl.bench;

import dev.agentctl.terminal.QueryFilter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// What real agents printed, from the recordings among the tests' resources (asciicast 2, gzipped). Without their
/// questions to the terminal: each terminal answers others, into the child's input.
final class RecordedOutput {
    private RecordedOutput() {}

    /// Empty where there are no recordings.
    static byte[] read(Path root) throws IOException {
        Path folder = root.resolve("supervisor/src/test/resources/recordings");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!Files.isDirectory(folder)) {
            return all.toByteArray();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{claude,codex}*.cast.gz")) {
            for (Path file : files) {
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .filter(line -> line.contains(",\"o\",\""))
                            .forEach(line -> all.writeBytes(text(line).getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        byte[] bytes = all.toByteArray();
        return new QueryFilter().filter(bytes, 0, bytes.length);
    }

    /// The string of an event `[time,"o","string"]`.
    private static String text(String line) {
        int start = line.indexOf(",\"o\",\"") + 6;
        int end = line.lastIndexOf('"');
        StringBuilder text = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else {
                i++;
                switch (line.charAt(i)) {
                    case 'n' -> text.append('\n');
                    case 'r' -> text.append('\r');
                    case 't' -> text.append('\t');
                    case 'b' -> text.append('\b');
                    case 'f' -> text.append('\f');
                    case 'u' -> {
                        text.append((char) Integer.parseInt(line, i + 1, i + 5, 16));
                        i += 4;
                    }
                    default -> text.append(line.charAt(i));
                }
            }
        }
        return text.toString();
    }
}
