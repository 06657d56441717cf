package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A terminal that reads nothing for a while, and a command that is suspended.
@Timeout(120)
class StandingTerminalTest {
    @AutoClose
    private final AttachUnderTest test;

    StandingTerminalTest(@TempDir Path temporary) throws IOException, InterruptedException {
        test = new AttachUnderTest(temporary);
    }

    @Test
    void aSuspendedAttachGivesTheTerminalBackAndPaintsAnew()
            throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?2004hready'; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.awaitNoLongerOnScreen("detaches");
            run.signal(Signal.SUSPEND);
            run.awaitBracketedPaste(false);
            run.awaitStopped();
            test.host.type("a", "meanwhile\r");
            run.signal(Signal.CONTINUE);
            run.awaitScreen("got:meanwhile");
            run.awaitBracketedPaste(true);
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void aTerminalThatStoodStillIsShownTheNewestPictureAndNotAllThatLedToIt()
            throws IOException, InterruptedException, PtyStartException {
        test.host.spawn(
                "a",
                "echo ready; read line; yes past | head -c 3000000; echo; echo newest; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.awaitNoLongerOnScreen("detaches");
            run.stopReading();
            run.type("\r");
            awaitPrinted("newest");
            run.readAgain();
            run.awaitScreen("newest");
            run.type("hi\r");
            run.awaitScreen("got:hi");
            assertThat(run.raw().length()).isLessThan(1_500_000);
        }
    }

    @Test
    void aTerminalThatStandsStillKeepsNobodyFromLeaving() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn(
                "a", "printf '\\033[?2004hready'; read line; yes past | head -c 3000000; echo newest; sleep 100");
        try (PtyRun leaving = PtyRun.start(test.folder, 80, 24, "attach", "a");
                PtyRun killed = PtyRun.start(test.folder, 80, 24, "attach", "a", "--read-only")) {
            for (PtyRun run : List.of(leaving, killed)) {
                run.awaitScreen("ready");
                run.awaitNoLongerOnScreen("detaches");
                run.stopReading();
            }
            leaving.type("\r");
            awaitPrinted("newest");
            leaving.type("\u001c");
            killed.signal(Signal.TERMINATE);
            assertThat(leaving.awaitEnd()).isZero();
            assertThat(killed.awaitEnd()).isEqualTo(143);
            for (PtyRun run : List.of(leaving, killed)) {
                run.readAgain();
                run.awaitBracketedPaste(false);
            }
        }
    }

    private void awaitPrinted(String text) throws IOException {
        HostRequest.Read all = new HostRequest.Read("a", 0, -1, true);
        try (HostReader reader = HostClient.read(test.folder.hostSocket(), all)) {
            String printed = "";
            while (!printed.contains(text)) {
                if (reader.next().orElseThrow() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    String tail = printed.substring(Math.max(0, printed.length() - text.length()));
                    printed = tail + new String(bytes, StandardCharsets.UTF_8);
                }
            }
        }
    }
}
