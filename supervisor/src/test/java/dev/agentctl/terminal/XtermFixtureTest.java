package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Feeds the escape-sequence fixtures of xterm.js to an 80x25 terminal and compares the text.
final class XtermFixtureTest {
    /// Fixtures where we differ on purpose, and why.
    private static final Map<String, String> KNOWN_DIFFERENCES = Map.of(
            "t0060-DECSC", "recorded from an xterm that did not save the pending wrap; xterm and ghostty now do",
            "t0061-CSI_s", "the same with CSI s");

    private static final int ROWS = 25;

    @Test
    void screensEqualTheFixturesButForTheKnownDifferences() throws IOException {
        Path folder = fixtures();
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no fixtures at " + folder);
        Map<String, String> differences = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path input : files.filter(file -> file.toString().endsWith(".in"))
                    .sorted()
                    .toList()) {
                String name = folder.relativize(input).toString().replace(".in", "");
                String difference = difference(screen(Files.readAllBytes(input)), expected(folder, name));
                if (!difference.isEmpty()) {
                    differences.put(name, difference);
                }
            }
        }
        assertThat(differences.keySet())
                .as("differing fixtures: %s", differences)
                .isEqualTo(KNOWN_DIFFERENCES.keySet());
    }

    private static Path fixtures() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("supervisor")) ? here : here.resolve("..");
        return root.resolve("../shared/fixtures/xterm.js").normalize();
    }

    private static List<String> screen(byte[] input) {
        Terminal terminal = new Terminal(80, ROWS, 100, _ -> {});
        byte[] bytes = withCarriageReturns(input);
        terminal.feed(bytes, 0, bytes.length);
        return terminal.screen().lines();
    }

    private static byte[] withCarriageReturns(byte[] input) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte octet : input) {
            if (octet == '\n') {
                out.write('\r');
            }
            out.write(octet);
        }
        return out.toByteArray();
    }

    private static List<String> expected(Path folder, String name) throws IOException {
        String[] lines = Files.readString(folder.resolve(name + ".text")).split("\n", -1);
        return Arrays.stream(lines).map(String::stripTrailing).toList();
    }

    /// The first differing row, or nothing.
    private static String difference(List<String> actual, List<String> expected) {
        for (int row = 0; row < ROWS; row++) {
            String wanted = row < expected.size() ? expected.get(row) : "";
            if (!actual.get(row).equals(wanted)) {
                return "row " + row + " is <" + actual.get(row) + ">, expected <" + wanted + ">";
            }
        }
        return "";
    }
}
