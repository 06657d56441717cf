package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Takes a terminal and a query filter through the steps of a hostile program and holds them to what must always be
/// so. Beside the terminal run two that must not differ from it: one that gets the same bytes in other chunks, and the
/// latest redrawn copy.
final class FuzzRun {
    private static final int HISTORY = 40;
    /// Bytes a cell may take at most with a cluster and a link of its own: both are bounded.
    private static final long CELL = 5000;

    private static final long FIXED = 20_000_000;
    /// Bytes of answers to one byte of questions.
    private static final int ANSWER = 40;

    private final Random chunks = new Random(1);
    private final Terminal terminal = new Terminal(20, 6, HISTORY, FuzzRun::check);
    private final Terminal chunked = new Terminal(20, 6, HISTORY, _ -> {});
    private final Terminal quiet = new Terminal(20, 6, HISTORY, _ -> {});
    private final QueryFilter filter = new QueryFilter();
    private final QueryFilter chunkedFilter = new QueryFilter();
    private @Nullable Terminal copy;
    private int longestFeed;
    private byte lastPassed;

    private FuzzRun() {}

    /// @throws AssertionError or any other exception where something is wrong
    static void of(List<FuzzStep> steps) {
        FuzzRun run = new FuzzRun();
        for (FuzzStep step : steps) {
            switch (step) {
                case FuzzStep.Feed(byte[] bytes) -> run.feed(bytes);
                case FuzzStep.Resize(int columns, int rows) -> run.resize(columns, rows);
                case FuzzStep.Look() -> run.look();
            }
        }
        run.weigh();
    }

    private void feed(byte[] bytes) {
        longestFeed = Math.max(longestFeed, bytes.length);
        terminal.feed(bytes, 0, bytes.length);
        if (copy != null) {
            copy.feed(bytes, 0, bytes.length);
        }
        byte[] passed = filter.filter(bytes, 0, bytes.length);
        quiet.feed(passed, 0, passed.length);
        checkNoC1(passed);
        assertThat(quiet.drainReplies())
                .as("answers to what the filter let through")
                .isEmpty();
        int at = 0;
        int compared = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + chunks.nextInt(30));
            chunked.feed(bytes, at, length);
            byte[] part = chunkedFilter.filter(bytes, at, length);
            assertThat(passed).as("what the filter lets through").hasSizeGreaterThanOrEqualTo(compared + part.length);
            assertThat(part)
                    .as("what the filter lets through in chunks")
                    .isEqualTo(Arrays.copyOfRange(passed, compared, compared + part.length));
            compared += part.length;
            at += length;
        }
        assertThat(compared).as("what the filter lets through").isEqualTo(passed.length);
        byte[] replies = terminal.drainReplies();
        assertThat(replies.length).as("answers").isLessThanOrEqualTo(ANSWER * (bytes.length + 100));
        assertThat(chunked.drainReplies()).as("answers in chunks").isEqualTo(replies);
    }

    /// xterm would obey one, wherever it stands; the byte 0xC2 always begins a character.
    private void checkNoC1(byte[] passed) {
        for (byte octet : passed) {
            if (lastPassed == (byte) 0xC2 && (octet & 0xE0) == 0x80) {
                throw new AssertionError("the filter let a C1 control through");
            }
            lastPassed = octet;
        }
    }

    private void resize(int columns, int rows) {
        terminal.resize(columns, rows);
        chunked.resize(columns, rows);
        quiet.resize(columns, rows);
        if (copy != null) {
            copy.resize(columns, rows);
        }
    }

    private void look() {
        List<String> description = TerminalDescription.of(terminal);
        assertThat(TerminalDescription.of(chunked)).as("in chunks").isEqualTo(description);
        if (copy != null) {
            assertThat(TerminalDescription.of(copy))
                    .as("the redrawn copy, later")
                    .isEqualTo(description);
        }
        checkScreen(terminal.screen());
        assertThat(terminal.historySize()).isLessThanOrEqualTo(HISTORY);
        assertThat(terminal.title().length()).isLessThanOrEqualTo(512);
        copy = null;
        if (terminal.hasExactRedraw()) {
            byte[] redraw = terminal.redraw(Integer.MAX_VALUE);
            copy = new Terminal(terminal.columns(), terminal.rows(), HISTORY, _ -> {});
            copy.feed(redraw, 0, redraw.length);
            copy.drainReplies();
            assertThat(TerminalDescription.of(copy)).as("the redrawn copy").isEqualTo(description);
        }
    }

    private static void checkScreen(Screen screen) {
        assertThat(screen.lines()).hasSize(screen.rows());
        assertThat(screen.ansi()).isNotNull();
        assertThat(screen.cursorRow()).isBetween(0, screen.rows() - 1);
        assertThat(screen.cursorColumn()).isBetween(0, screen.columns() - 1);
        for (int row = 0; row < screen.rows(); row++) {
            int rightHalves = 0;
            for (int column = 0; column < screen.columns(); column++) {
                int width = screen.cell(row, column).width();
                if ((width == 0) != (rightHalves == 1)) {
                    throw new AssertionError("half a wide character at row " + row + ", column " + column);
                }
                rightHalves = width == 2 ? 1 : 0;
            }
            assertThat(rightHalves).as("wide characters cut at the margin").isZero();
        }
    }

    private static void check(TerminalEvent event) {
        String text = event.toString();
        assertThat(text.length()).isLessThan(12_000);
        assertThat(text.chars().noneMatch(Character::isISOControl)).as(text).isTrue();
    }

    private void weigh() {
        long cells = (long) terminal.columns() * (2 * terminal.rows() + HISTORY);
        assertThat(Footprint.of(terminal)).as("bytes the terminal keeps").isLessThan(FIXED + CELL * cells);
        assertThat(Footprint.of(filter)).as("bytes the filter keeps").isLessThan(20_000 + 4L * longestFeed);
        assertThat(new String(terminal.redraw(0), UTF_8).length()).isLessThan(Math.toIntExact(FIXED));
    }
}
