package dev.agentctl.cli;

import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The run that `scripts/build` makes the commands' start-up cache from: what people call most, once each, against a
/// supervisor that is only played. What is not run here is loaded slowly when it is called.
public final class Rehearsal implements ControlServer.Handler {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("version"),
            List.of("status"),
            List.of("status", "--json"),
            List.of("send", "a", "text"),
            List.of("screen", "a"),
            List.of("start", "a"),
            // the stdio bridge of a client that is just starting waits for it
            List.of("mcp", "--project", "a", "--grant"),
            List.of("--help"));

    private Rehearsal() {}

    /// Plays in `AGENTCTL_HOME`, which must be a scratch folder.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        StateFolder folder = StateFolder.of(environment);
        if (folder.prepare().isPresent()) {
            System.exit(ExitCode.NOT_PERMITTED.number());
        }
        try (PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
                ControlServer _ = ControlServer.open(folder.supervisorSocket(), new Rehearsal())) {
            Surroundings surroundings = new Surroundings(
                    environment, InputStream.nullInputStream(), out, out, false, RoleLaunch.SUPERVISOR);
            for (List<String> command : COMMANDS) {
                int _ = Main.run(command.toArray(String[]::new), surroundings);
            }
        }
        System.exit(0);
    }

    @Override
    public ControlReply answer(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Status _ -> report();
            case ControlRequest.ShowScreen _ -> new ControlReply.Text("a screen\n");
            case ControlRequest.PrintStatus _,
                    ControlRequest.ListPrompts _,
                    ControlRequest.Decide _,
                    ControlRequest.Start _,
                    ControlRequest.Stop _,
                    ControlRequest.Restart _,
                    ControlRequest.Send _,
                    ControlRequest.AwaitDelivery _,
                    ControlRequest.Keys _,
                    ControlRequest.TypeBytes _,
                    ControlRequest.Wait _,
                    ControlRequest.Transcript _,
                    ControlRequest.Redraw _,
                    ControlRequest.Reload _,
                    ControlRequest.ShowConfiguration _,
                    ControlRequest.Delete _,
                    ControlRequest.ShowAudit _,
                    ControlRequest.Invite _,
                    ControlRequest.ListMembers _,
                    ControlRequest.RemoveMember _,
                    ControlRequest.Down _,
                    ControlRequest.OpenTools _,
                    ControlRequest.CreateToken _,
                    ControlRequest.ListTokens _,
                    ControlRequest.RevokeToken _,
                    ControlRequest.OpenConsole _,
                    ControlRequest.ConsoleLine _ ->
                new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "done")));
        };
    }

    private static ControlReply report() {
        long now = System.currentTimeMillis();
        RoleProcess process = new RoleProcess(ProcessHandle.current().pid(), "rehearsal");
        SessionReport session = new SessionReport(
                "a",
                "claude",
                "/",
                "up",
                "idle",
                "process 1 runs",
                now - 60_000,
                1,
                0,
                Optional.of("b"),
                0,
                OptionalLong.of(0),
                Optional.empty(),
                List.of());
        return new ControlReply.Report(process, Optional.of(process), List.of(session), List.of("a notice"));
    }

    @Override
    public void console(ConsoleConnection console) {}
}
