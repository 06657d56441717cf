package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.testkit.BuiltProduct;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `attach` in a pane of a real tmux, as many people will have it.
@Timeout(120)
class AttachInTmuxTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private RunningHost host;
    private FakeSupervisor supervisor;
    private LivePicture picture;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = new RunningHost(folder);
        supervisor = new FakeSupervisor(folder);
        picture = new LivePicture(folder, "a");
        supervisor.answer(request -> request instanceof ControlRequest.Redraw redraw
                ? picture.painted(redraw.historyLines())
                : FakeSupervisor.report(FakeSupervisor.session("a", "idle")));
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        tmux("kill-server");
        picture.close();
        supervisor.close();
        host.close();
    }

    private String tmux(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tmux", "-S", temporary.resolve("tmux.sock").toString(), "-f", "/dev/null"));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AGENTCTL_HOME", folder.path().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private void attach(String... shell) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("new-session", "-d", "-x", "100", "-y", "30"));
        words.addAll(Arrays.asList(shell));
        words.addAll(BuiltProduct.commandLine("attach", "a"));
        words.addAll(List.of(";", "set-option", "-g", "remain-on-exit", "on"));
        assertThat(tmux(words.toArray(String[]::new))).isEmpty();
    }

    private String awaitPane(String text) throws IOException, InterruptedException {
        return awaitCapture(text, "capture-pane", "-p");
    }

    /// With its colours. Not looked for at once where the text was seen: the line that welcomes hides it for 2 s.
    private void awaitColours(String sequence) throws IOException, InterruptedException {
        awaitCapture(sequence, "capture-pane", "-p", "-e");
    }

    private String awaitCapture(String text, String... capture) throws IOException, InterruptedException {
        String pane = tmux(capture);
        for (int i = 0; i < 1_500 && !pane.contains(text); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
            pane = tmux(capture);
        }
        if (!pane.contains(text)) {
            fail("the pane does not show '%s' but%n%s%nwhile attach does%n%s", text, pane.strip(), threads());
        }
        return pane;
    }

    /// What the process in the pane is doing.
    private String threads() throws IOException, InterruptedException {
        String pid = tmux("display-message", "-p", "#{pane_pid}").strip();
        Path jcmd =
                Path.of(ProcessHandle.current().info().command().orElseThrow()).resolveSibling("jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), pid, "Thread.print")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void thePaneShowsTheAgentAndTheDetachKeyLeavesIt() throws IOException, InterruptedException {
        host.spawn(
                "a",
                "printf '\\033[?1049h\\033[?1000h\\033[?2004h\\033[H\\033[31mred\\033[0m \\346\\227\\245\\346\\234\\254'; read line; stty size;"
                        + " echo got:$line; sleep 100");
        attach();
        awaitPane("red 日本");
        awaitColours("\u001b[31mred");
        tmux("send-keys", "hello", "Enter");
        assertThat(awaitPane("got:hello")).contains("30 100");
        assertThat(tmux("display-message", "-p", "#{mouse_any_flag} #{alternate_on}")
                        .strip())
                .isEqualTo("1 1");
        tmux("send-keys", "C-\\");
        assertThat(awaitPane("[detached from a; back with: agentctl attach a]")).doesNotContain("red");
        assertThat(tmux("display-message", "-p", "#{mouse_any_flag} #{alternate_on}")
                        .strip())
                .isEqualTo("0 0");
    }

    /// All that a pane of tmux can be in.
    private String modes() throws IOException, InterruptedException {
        return tmux(
                        "display-message",
                        "-p",
                        "#{alternate_on} #{cursor_flag} #{insert_flag} #{origin_flag} #{wrap_flag} #{keypad_flag}"
                                + " #{keypad_cursor_flag} #{mouse_all_flag} #{mouse_any_flag} #{mouse_sgr_flag}"
                                + " #{scroll_region_upper}-#{scroll_region_lower}")
                .strip();
    }

    private void awaitModes(String wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String seen = modes();
        while (!seen.equals(wanted) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            seen = modes();
        }
        assertThat(seen).isEqualTo(wanted);
    }

    /// tmux puts the cursor to where it was when the alternate screen was left last, even on the main one.
    @Test
    void theStatusLineLeavesTheShellsLinesAsTheyWere() throws IOException, InterruptedException {
        host.spawn("a", "echo ready; sleep 100");
        attach(
                "/bin/sh",
                "-c",
                "printf '\\033[H\\033[2J\\033[?1049h\\033[?1049l'; seq 5; \"$@\" --status-line; echo code:$?; exec sleep 100",
                "sh");
        awaitPane("ready");
        awaitPane("detaches");
        tmux("send-keys", "C-\\");
        assertThat(awaitPane("code:0"))
                .startsWith("1\n2\n3\n4\n5\n[detached from a; back with: agentctl attach a]\ncode:0\n");
    }

    @Test
    void theShellInThePaneGetsItBackAsItWas() throws IOException, InterruptedException {
        host.spawn(
                "a",
                "stty raw -echo; printf '\\033[?1049h\\033[?1003h\\033[?1006h\\033[?1004h\\033[?1h\\033=\\033[>5u"
                        + "\\033[?25l\\033[?7l\\033[H\\033[38;2;18;52;86mpainted\\033[3H';"
                        + " od -An -tx1 -N 3; printf '\\033[2;9r'; exec sleep 100");
        attach(
                "/bin/sh",
                "-c",
                "read go; \"$@\"; echo code:$?; stty -a; read word; echo typed:$word; exec sleep 100",
                "sh");
        String fresh = modes();
        tmux("send-keys", "go", "Enter");
        awaitPane("painted");
        awaitColours("38;2;18;52;86");
        awaitModes("1 0 0 0 0 1 1 1 1 1 0-29");
        tmux("send-keys", "Up");
        awaitPane("1b 4f 41");
        awaitModes("1 0 0 0 0 1 1 1 1 1 1-8");
        tmux("send-keys", "C-\\");
        assertThat(awaitPane("code:0"))
                .contains("[detached from a; back with: agentctl attach a]")
                .doesNotContain("painted");
        tmux("send-keys", "after", "Enter");
        assertThat(awaitPane("typed:after")).contains(" icanon ", " echo ");
        assertThat(modes()).isEqualTo(fresh);
    }

    @Test
    void aPaneThatChangesItsSizeIsFollowed() throws IOException, InterruptedException {
        host.spawn("a", "trap 'stty size' WINCH; while :; do sleep 0.1; done");
        attach();
        awaitPane("30 100");
        tmux("resize-window", "-x", "70", "-y", "20");
        awaitPane("20 70");
    }
}
