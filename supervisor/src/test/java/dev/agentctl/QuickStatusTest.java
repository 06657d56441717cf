package dev.agentctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.StatusText;
import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/quick-status` before a real control socket: it prints what the supervisor says, and else nothing at all.
@Timeout(120)
final class QuickStatusTest implements ControlServer.Handler {
    private static final ControlReply.Report REPORT = new ControlReply.Report(
            new RoleProcess(1, "test"), Optional.empty(), List.of(), List.of("Grüße ✓ " + "x".repeat(100_000)));
    private static final ScriptRun NOTHING = new ScriptRun(1, "", "");

    private final List<ControlRequest> asked = new CopyOnWriteArrayList<>();
    private ControlReply reply = new ControlReply.Text(StatusText.of(REPORT, Optional.empty(), false));

    @TempDir
    private Path folder;

    @Test
    void printsTheSupervisorsText() throws IOException, InterruptedException {
        try (ControlServer _ = open()) {
            assertThat(run()).isEqualTo(new ScriptRun(0, StatusText.of(REPORT, Optional.empty(), false), ""));
            run("--json");
            run("größe", "--json");

            assertThat(asked)
                    .containsExactly(
                            new ControlRequest.PrintStatus(Optional.empty(), false),
                            new ControlRequest.PrintStatus(Optional.empty(), true),
                            new ControlRequest.PrintStatus(Optional.of("größe"), true));
        }
    }

    @Test
    void saysNothingOfWhatItCannotAnswer() throws IOException, InterruptedException {
        assertThat(run()).as("no supervisor").isEqualTo(NOTHING);
        try (ControlServer _ = open()) {
            assertThat(run("--help")).isEqualTo(NOTHING);
            assertThat(run("a", "b")).isEqualTo(NOTHING);
            assertThat(asked).isEmpty();
            reply = new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project 'a'");
            assertThat(run("a")).isEqualTo(NOTHING);
        }
    }

    @Test
    void leavesAFullDiskToTheCommand() throws IOException, InterruptedException {
        String quick = ScriptRun.SCRIPTS.resolve("quick-status").toString();
        try (ControlServer _ = open()) {
            assertThat(run(List.of("sh", "-c", "exec perl '" + quick + "' >/dev/full")))
                    .isEqualTo(NOTHING);
        }
    }

    @Test
    void leavesASupervisorOfAnotherProtocolToTheCommand() throws IOException, InterruptedException {
        Path other = folder.resolve("quick-status");
        Files.writeString(
                other,
                Files.readString(ScriptRun.SCRIPTS.resolve("quick-status"))
                        .replaceFirst("protocol = [0-9]+;", "protocol = 99;"));
        try (ControlServer _ = open()) {
            assertThat(run(List.of("perl", other.toString()))).isEqualTo(NOTHING);
            assertThat(asked).isEmpty();
        }
    }

    private ControlServer open() throws IOException {
        return ControlServer.open(folder.resolve("supervisor.sock"), this);
    }

    private ScriptRun run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("perl", ScriptRun.SCRIPTS.resolve("quick-status").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private ScriptRun run(List<String> command) throws IOException, InterruptedException {
        return ScriptRun.of(folder, Map.of("PATH", "/usr/bin:/bin", "AGENTCTL_HOME", folder.toString()), command);
    }

    @Override
    public ControlReply answer(ControlRequest request) {
        asked.add(request);
        return reply;
    }

    @Override
    public void console(ConsoleConnection console) {}
}
