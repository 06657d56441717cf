package dev.agentctl.cli;

import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
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
import java.util.Optional;

/// The run from which the build makes the start-up cache: the usual commands against a supervisor that is not there,
/// in an empty state folder. What it loads, a real command need not.
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("status"),
            List.of("status", "--json"),
            List.of("status", "rehearsal"),
            List.of("send", "rehearsal", "words"),
            List.of("screen", "rehearsal"),
            List.of("stop", "rehearsal"),
            List.of("version"),
            List.of("--help"));

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        StateFolder folder = StateFolder.of(System.getenv());
        var _ = folder.prepare();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                System.getenv(), InputStream.nullInputStream(), nowhere, nowhere, false, RoleLaunch.SUPERVISOR);
        int worst = 0;
        try (ControlServer _ = ControlServer.open(folder.supervisorSocket(), new Understudy())) {
            for (List<String> command : COMMANDS) {
                worst = Math.max(worst, Main.run(command.toArray(String[]::new), surroundings));
            }
        }
        System.exit(worst);
    }

    private static final class Understudy implements ControlServer.Handler {
        @Override
        public ControlReply answer(ControlRequest request) {
            return switch (request) {
                case ControlRequest.Status _ ->
                    new ControlReply.Report(
                            new ControlReply.RoleProcess(1, "0"),
                            Optional.of(new ControlReply.RoleProcess(2, "0")),
                            List.of(new SessionReport(
                                    "rehearsal",
                                    "command",
                                    "/",
                                    "up",
                                    "running",
                                    "process 3 runs",
                                    1,
                                    3,
                                    0,
                                    Optional.of("id"),
                                    0)),
                            List.of());
                case ControlRequest.ShowScreen _ -> new ControlReply.Text("screen");
                case ControlRequest.Start _,
                        ControlRequest.Stop _,
                        ControlRequest.Restart _,
                        ControlRequest.Send _,
                        ControlRequest.Keys _,
                        ControlRequest.Redraw _,
                        ControlRequest.Reload _,
                        ControlRequest.Delete _,
                        ControlRequest.Down _,
                        ControlRequest.OpenConsole _,
                        ControlRequest.ConsoleLine _ ->
                    new ControlReply.Outcomes(List.of(new ControlReply.Outcome("rehearsal", ExitCode.OK, "done")));
            };
        }

        @Override
        public void console(ConsoleConnection console) {}
    }
}
