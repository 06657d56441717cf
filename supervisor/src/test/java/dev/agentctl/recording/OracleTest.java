package dev.agentctl.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our screens against those of other terminals, cell by cell at every checkpoint of every recording. What they print
/// has the figures for [KnownDifferences].
@Timeout(120)
final class OracleTest {
    static List<String> names() {
        return Recording.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void xtermShowsTheSame(String name) throws IOException, InterruptedException {
        Recording recording = Recording.named(name);
        List<ShownScreen> ours = ShownScreen.ours(recording);
        compare(
                name,
                ours,
                XtermScreens.of(recording),
                KnownDifferences.XTERM.getOrDefault(name, KnownDifferences.NONE));
    }

    @ParameterizedTest
    @MethodSource("names")
    void tmuxShowsTheSame(String name) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                TmuxPane.version().equals(KnownDifferences.TMUX_VERSION),
                () -> "the faults of tmux are known for " + KnownDifferences.TMUX_VERSION + ", this machine has "
                        + TmuxPane.version());
        Recording recording = Recording.named(name);
        List<ShownScreen> ours = ShownScreen.ours(recording);
        List<ShownScreen> theirs = TmuxScreens.of(recording, ours);
        compare(name, ours, theirs, KnownDifferences.TMUX.getOrDefault(name, KnownDifferences.NONE));
    }

    private static void compare(String name, List<ShownScreen> ours, List<ShownScreen> theirs, KnownDifferences known) {
        Comparison comparison = Comparison.of(ours, theirs);
        System.out.println(name + ": " + comparison.cells() + " cells, " + comparison.otherText()
                + " with another text, " + comparison.otherStyle() + " in another style");
        assertThat(comparison.otherText())
                .as("cells with another text in %s (%s): %s", name, known.reason(), comparison)
                .isLessThanOrEqualTo(known.text());
        assertThat(comparison.otherStyle())
                .as("cells in another style in %s (%s): %s", name, known.reason(), comparison)
                .isLessThanOrEqualTo(known.style());
    }

    @Test
    void oneOtherCellIsNoticed() throws IOException {
        Recording recording = new Recording(
                "made up",
                20,
                2,
                List.of(new RecordedEvent.Output("red \u001b[31mred"), new RecordedEvent.Checkpoint("end")));
        Recording other = new Recording(
                "made up",
                20,
                2,
                List.of(new RecordedEvent.Output("rad \u001b[32mr\u001b[31med"), new RecordedEvent.Checkpoint("end")));
        Comparison comparison = Comparison.of(ShownScreen.ours(recording), ShownScreen.ours(other));
        assertThat(comparison.cells()).isEqualTo(40);
        assertThat(comparison.otherText()).isEqualTo(1);
        assertThat(comparison.otherStyle()).isEqualTo(1);
    }
}
