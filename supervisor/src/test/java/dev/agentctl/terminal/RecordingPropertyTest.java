package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.recording.RecordedEvent;
import dev.agentctl.recording.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for the output of real programs, tried at random points. A failure names its seed; see [FuzzSeed].
final class RecordingPropertyTest {
    private static final int REDRAWS = 12;
    private static final int HISTORY = 100;

    static List<String> names() {
        return Recording.NAMES;
    }

    private static Terminal terminal(Recording recording) {
        return new Terminal(recording.columns(), recording.rows(), HISTORY, _ -> {});
    }

    private static void feed(Terminal terminal, byte[] bytes) {
        terminal.feed(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyChunkingShowsTheSame(String name) throws IOException {
        Recording recording = Recording.named(name);
        long seed = FuzzSeed.first();
        Random random = new Random(seed);
        Terminal whole = terminal(recording);
        Terminal single = terminal(recording);
        Terminal chunked = terminal(recording);
        for (RecordedEvent event : recording.events()) {
            switch (event) {
                case RecordedEvent.Output(String text) -> {
                    byte[] bytes = text.getBytes(UTF_8);
                    feed(whole, bytes);
                    feedInChunks(single, bytes, () -> 1);
                    feedInChunks(chunked, bytes, () -> 1 + random.nextInt(50));
                }
                case RecordedEvent.Resize(int columns, int rows) ->
                    List.of(whole, single, chunked).forEach(each -> each.resize(columns, rows));
                case RecordedEvent.Checkpoint(String label) -> {
                    String where = name + " at " + label + ", seed " + seed;
                    List<String> expected = TerminalDescription.of(whole);
                    assertThat(TerminalDescription.of(single))
                            .as("%s, byte by byte", where)
                            .isEqualTo(expected);
                    assertThat(TerminalDescription.of(chunked))
                            .as("%s, in chunks", where)
                            .isEqualTo(expected);
                }
            }
        }
        byte[] replies = whole.drainReplies();
        assertThat(single.drainReplies()).isEqualTo(replies);
        assertThat(chunked.drainReplies()).isEqualTo(replies);
    }

    private static void feedInChunks(Terminal terminal, byte[] bytes, java.util.function.IntSupplier sizes) {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(sizes.getAsInt(), bytes.length - at);
            terminal.feed(bytes, at, length);
            at += length;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRedrawnTerminalGoesOnLikeTheOriginal(String name) throws IOException {
        Recording recording = Recording.named(name);
        long seed = FuzzSeed.first();
        Random random = new Random(seed);
        for (int i = 0; i < REDRAWS; i++) {
            int cut = random.nextInt(recording.output().length + 1);
            new RedrawnAt(recording, cut, "seed " + seed).check();
        }
    }

    /// Plays a recording to one terminal, and from a given byte on to a redrawn copy too.
    private static final class RedrawnAt {
        private final Recording recording;
        private final String seed;
        private final Terminal original;
        private Terminal copy;
        private int left;

        RedrawnAt(Recording recording, int cut, String seed) {
            this.recording = recording;
            this.seed = seed + ", redrawn after " + cut + " bytes";
            original = terminal(recording);
            copy = original;
            left = cut;
        }

        void check() {
            for (RecordedEvent event : recording.events()) {
                switch (event) {
                    case RecordedEvent.Output(String text) -> output(text.getBytes(UTF_8));
                    case RecordedEvent.Resize(int columns, int rows) -> {
                        original.resize(columns, rows);
                        if (copy != original) {
                            copy.resize(columns, rows);
                        }
                    }
                    case RecordedEvent.Checkpoint(String label) -> compare(label);
                }
            }
        }

        private void output(byte[] bytes) {
            int before = Math.min(left, bytes.length);
            original.feed(bytes, 0, before);
            if (copy != original) {
                copy.feed(bytes, 0, before);
            }
            left -= before;
            if (before < bytes.length) {
                if (copy == original) {
                    redraw();
                }
                original.feed(bytes, before, bytes.length - before);
                copy.feed(bytes, before, bytes.length - before);
                left = Integer.MAX_VALUE;
            }
        }

        private void redraw() {
            copy = new Terminal(original.columns(), original.rows(), HISTORY, _ -> {});
            feed(copy, original.redraw(Integer.MAX_VALUE));
            compare("the redraw");
        }

        private void compare(String label) {
            if (copy != original) {
                assertThat(TerminalDescription.of(copy))
                        .as("%s at %s, %s", recording.name(), label, seed)
                        .isEqualTo(TerminalDescription.of(original));
            }
        }
    }
}
