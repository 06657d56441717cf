package dev.agentctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the README claims of tests.
final class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("README.md");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        Set<String> named = Pattern.compile("[`=]([A-Z][A-Za-z]+Test)\\b")
                .matcher(Files.readString(ROOT))
                .results()
                .map(found -> found.group().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : new String[] {"supervisor", "mcp-tools"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolveSibling(module).resolve("src/test/java"))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> names.add(name.substring(0, name.length() - 5)));
            }
        }
        return names;
    }
}
