package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DotEnvTest {
    private final List<Integer> refused = new ArrayList<>();

    @Test
    void readsPlainQuotedAndExportedValues() {
        assertThat(parse("""
                        # a comment
                        A=plain

                          B = spaced  # a comment
                        export C='single # $x \\n'
                        export\tD="double # \\"q\\" \\n \\$x \\\\ \\z" # a comment
                        E=
                        F=a#b
                        G=a=b
                        H=#
                        I=${A}
                        A=last
                        """))
                .containsExactly(
                        entry("A", "last"),
                        entry("B", "spaced"),
                        entry("C", "single # $x \\n"),
                        entry("D", "double # \"q\" \n $x \\ \\z"),
                        entry("E", ""),
                        entry("F", "a#b"),
                        entry("G", "a=b"),
                        entry("H", ""),
                        entry("I", "${A}"));
        assertThat(refused).isEmpty();
    }

    @Test
    void readsCarriageReturns() {
        assertThat(parse("A=1\r\nB='2'\r\n")).containsExactly(entry("A", "1"), entry("B", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "=x", "1A=x", "A-B=x", "export", "A B=x", "A='x", "A=\"x", "A=\"x\\\"", "A='x'y", "A=\0"})
    void refusesALineThatIsNoAssignmentAndReadsTheOthers(String line) {
        assertThat(parse("X=1\n" + line + "\nY=2")).containsExactly(entry("X", "1"), entry("Y", "2"));
        assertThat(refused).containsExactly(2);
    }

    @Test
    void aVeryLongValueIsReadWithoutRecursion() {
        assertThat(parse("A=\"" + "x\\n".repeat(500_000) + "\"")).hasSize(1);
        assertThat(refused).isEmpty();
    }

    private Map<String, String> parse(String text) {
        return DotEnv.parse(text, (line, message) -> {
            assertThat(message).isNotBlank();
            refused.add(line);
        });
    }
}
