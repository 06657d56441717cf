package dev.agentctl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The catalogue of faults, `faults.txt`: every case names the tests that show it, and they exist.
final class FaultCatalogueTest {
    private static final Path MODULES = Path.of("").toAbsolutePath().resolveSibling("supervisor");
    private static final int NUMBERED = 87;
    private static final int ADDED = 6;

    @Test
    void everyCaseNamesATestThatExistsOrWhatWasSeenInstead() throws IOException {
        Map<String, String> sources = sources();
        List<String> numbers = new ArrayList<>();
        for (String line : lines()) {
            String[] fields = line.split(" \\| ", -1);
            assertThat(fields).as(line).hasSize(3);
            numbers.add(fields[0]);
            if (!fields[2].startsWith("seen: ")) {
                for (String test : fields[2].split(" ", -1)) {
                    String[] name = test.split("\\.", -1);
                    String source = sources.getOrDefault(name[0], "");
                    assertThat(source)
                            .as("%s, of case %s", test, fields[0])
                            .contains(name.length > 1 ? " " + name[1] + "(" : "class");
                }
            }
        }
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= NUMBERED; i++) {
            all.add(Integer.toString(i));
        }
        for (int i = 1; i <= ADDED; i++) {
            all.add("X" + i);
        }
        assertThat(numbers).isEqualTo(all);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = requireNonNull(FaultCatalogueTest.class.getResourceAsStream("faults.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /// By class; of one name in two packages both.
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : new String[] {"supervisor", "mcp-tools"}) {
            try (Stream<Path> files = Files.walk(MODULES.resolveSibling(module).resolve("src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
