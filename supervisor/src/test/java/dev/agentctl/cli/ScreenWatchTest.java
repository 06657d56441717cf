package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScreenWatchTest {
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
        supervisor.answer(this::answer);
    }

    private ControlReply answer(ControlRequest request) {
        return request instanceof ControlRequest.Redraw redraw
                ? picture.painted(redraw.historyLines())
                : FakeSupervisor.report(FakeSupervisor.session("a", "idle"));
    }

    @AfterEach
    void close() {
        picture.close();
        supervisor.close();
        host.close();
    }

    @Test
    void whoLooksOnSeesChangesInTheirPlaceAndDisturbsNothing()
            throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo one; read line; printf '\\033[2J\\033[H'; echo got:$line; stty size; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 60, 10, "screen", "a", "--watch")) {
            run.awaitScreen("one");
            run.type("evil\r");
            host.type("a", "good\r");
            run.awaitScreen("24 80");
            assertThat(run.screen()).startsWith("got:good\n24 80");
            run.resize(40, 5);
            run.type("x\u0003");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void withoutATerminalItIsAStreamOfScreens() throws IOException, InterruptedException {
        host.spawn("a", "echo one; read line; echo two; sleep 100");
        PipedInputStream seen = new PipedInputStream(1 << 16);
        try (PrintStream out = new PrintStream(new PipedOutputStream(seen), true, StandardCharsets.UTF_8)) {
            Surroundings around = new Surroundings(
                    Map.of("AGENTCTL_HOME", folder.path().toString()),
                    InputStream.nullInputStream(),
                    out,
                    out,
                    false,
                    new CommandRun(folder).surroundings().supervisor());
            Thread.ofVirtual().start(() -> Main.run(new String[] {"screen", "a", "--watch"}, around));
            assertThat(readUntil(seen, "one\n\f")).endsWith("one\n\f");
            host.type("a", "\r");
            assertThat(readUntil(seen, "two\n\f")).endsWith("one\n\ntwo\n\f");
        }
        assertThat(new CommandRun(folder)
                        .run("screen", "a", "--watch", "--json")
                        .code())
                .isEqualTo(2);
    }

    private static String readUntil(InputStream in, String wanted) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(wanted)) {
            int b = in.read();
            assertThat(b).as("end of %s", text).isNotNegative();
            text.append((char) b);
        }
        return text.toString();
    }
}
