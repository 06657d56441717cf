package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.HostReply;
import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several terminals at one session.
@Timeout(120)
class SharedAttachTest {
    @AutoClose
    private final AttachUnderTest test;

    SharedAttachTest(@TempDir Path temporary) throws IOException, InterruptedException {
        test = new AttachUnderTest(temporary);
    }

    @Test
    void theSessionTakesTheSizeOfTheWindow() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "while read line; do stty size; done");
        try (PtyRun run = PtyRun.start(test.folder, 100, 30, "attach", "a")) {
            run.awaitScreen("detaches");
            run.type("\r");
            run.awaitScreen("30 100");
            run.resize(90, 20);
            test.host.awaitSize("a", 90, 20);
            run.type("\r");
            run.awaitScreen("20 90");
        }
    }

    @Test
    void whoTypesGetsTheSizeBack() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "while read line; do stty size; done");
        try (PtyRun first = PtyRun.start(test.folder, 100, 30, "attach", "a")) {
            first.awaitScreen("detaches");
            try (PtyRun second = PtyRun.start(test.folder, 70, 20, "attach", "a")) {
                second.awaitScreen("detaches");
                second.type("\r");
                second.awaitScreen("20 70");
                first.awaitScreen("20 70");
                first.type("\r");
                first.awaitScreen("30 100");
            }
        }
    }

    /// Draws for the size that it has: a line of its width, and one at the bottom.
    private static final String FULL_SCREEN =
            "draw() { s=$(stty size); printf '\\033[2J\\033[H'; head -c ${s#* } /dev/zero | tr '\\0' x;"
                    + " printf '\\r\\nsecond\\033[%s;1Hbottom %s' ${s% *} ${s% *}; };"
                    + " trap : WINCH; while draw; do read line; done";

    @Test
    void aWindowOfAnotherSizeShowsWhatThereIsRoomFor() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", FULL_SCREEN);
        try (PtyRun small = PtyRun.start(test.folder, 60, 12, "attach", "a")) {
            small.awaitScreen("bottom 12");
            try (PtyRun large = PtyRun.start(test.folder, 100, 30, "attach", "a")) {
                large.awaitScreen("bottom 30");
                small.awaitLastRow("bottom 30");
                small.type("\r");
                large.awaitScreen("bottom 12");
                large.awaitScreen("x".repeat(60) + "\nsecond\n");
                assertThat(large.alternateScreen()).isTrue();
                small.awaitScreen("bottom 12");
                small.awaitScreen("x".repeat(60) + "\nsecond\n");
                assertThat(small.alternateScreen())
                        .as("its own size is passed through")
                        .isFalse();
            }
        }
    }

    @Test
    void whoOnlyLooksSeesItAtAnySize() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", FULL_SCREEN);
        try (PtyRun run = PtyRun.start(test.folder, 60, 12, "attach", "a", "--read-only")) {
            run.awaitScreen("attached to a, read-only (made for 80x24)");
            run.awaitLastRow("bottom 24");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.alternateScreen()).isFalse();
            assertThat(run.screen()).startsWith("[detached from a; back with: agentctl attach a]");
        }
    }

    @Test
    void whoeverStealsIsAlone() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
        try (PtyRun first = PtyRun.start(test.folder, 180, 24, "attach", "a", "--read-only")) {
            first.awaitScreen("ready");
            try (PtyRun second = PtyRun.start(test.folder, 180, 24, "attach", "a", "--steal")) {
                assertThat(first.awaitExit()).isEqualTo(7);
                assertThat(first.screen())
                        .contains("agentctl: detached from a: ")
                        .contains(" from 192.0.2.7 has taken it over; back with: agentctl attach a");
                second.awaitScreen("ready");
                second.type("mine\r");
                second.awaitScreen("got:mine");
            }
        }
    }

    @Test
    void whoComesIsToldWhoIsThere() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo ready; sleep 100");
        try (PtyRun first = PtyRun.start(test.folder, 180, 24, "attach", "a")) {
            first.awaitScreen("Ctrl-\\ detaches");
            assertThat(first.screen()).doesNotContain("also here");
            try (PtyRun second = PtyRun.start(test.folder, 180, 24, "attach", "a")) {
                second.awaitScreen("; also here: " + System.getProperty("user.name") + " on /dev/pts/");
            }
        }
    }

    @Test
    void othersHearThatAPersonTypes() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?1004hready'; stty raw -echo; od -An -tx1 -N 4; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            // that its window has the focus is no typing
            run.type("\u001b[I");
            run.type("x");
            run.awaitScreen("1b 5b 49 78");
            assertThat(test.host.awaitPersonTyped()).isEqualTo(new HostReply.PersonTyped("a", true));
            run.type("\r");
            assertThat(test.host.awaitPersonTyped()).isEqualTo(new HostReply.PersonTyped("a", false));
        }
    }
}
