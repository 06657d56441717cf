package dev.agentctl.cli;

import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.OwnSession;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A supervisor as a process: the real lock, the real socket, its own session, and one project that does nothing.
final class FakeSupervisorMain implements ControlServer.Handler {
    private static final int CONFLICT = 7;
    private final CountDownLatch down = new CountDownLatch(1);

    private FakeSupervisorMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        OwnSession.begin();
        String config = System.getenv().getOrDefault("AGENTCTL_CONFIG", "");
        if (config.endsWith("invalid.yaml")) {
            System.err.println("starting");
            System.err.println("invalid.yaml:3: unknown key 'projets'; did you mean 'projects'?\n");
            System.exit(1);
        }
        StateFolder folder = StateFolder.of(System.getenv());
        Optional<RoleLock> lock = RoleLock.take(folder.supervisorLock());
        if (lock.isEmpty()) {
            System.exit(CONFLICT);
        }
        FakeSupervisorMain supervisor = new FakeSupervisorMain();
        ControlServer server = ControlServer.open(folder.supervisorSocket(), supervisor);
        supervisor.down.await();
        server.close();
        System.exit(0);
    }

    @Override
    public ControlReply answer(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Start _ -> outcome("started a");
            case ControlRequest.Down _ -> {
                down.countDown();
                yield outcome("stopped a");
            }
            case ControlRequest.ShowScreen _ -> new ControlReply.Text(facts());
            case ControlRequest.Status _, ControlRequest.Stop _, ControlRequest.Restart _ -> report();
            case ControlRequest.Send _,
                    ControlRequest.Keys _,
                    ControlRequest.TypeBytes _,
                    ControlRequest.Wait _,
                    ControlRequest.AwaitDelivery _,
                    ControlRequest.Transcript _,
                    ControlRequest.Redraw _ -> report();
            case ControlRequest.PrintStatus _ -> report();
            case ControlRequest.ListPrompts _, ControlRequest.Decide _ -> report();
            case ControlRequest.Reload _, ControlRequest.Delete _ -> report();
            case ControlRequest.ShowConfiguration _ ->
                new ControlReply.Text(String.valueOf(System.getenv("AGENTCTL_CONFIG")));
            case ControlRequest.OpenTools _, ControlRequest.CreateToken _ -> new ControlReply.Text("4711 a-token");
            case ControlRequest.ListTokens _, ControlRequest.RevokeToken _ -> report();
            case ControlRequest.ShowAudit _,
                    ControlRequest.Invite _,
                    ControlRequest.ListMembers _,
                    ControlRequest.RemoveMember _ -> report();
            case ControlRequest.OpenConsole _, ControlRequest.ConsoleLine _ -> report();
        };
    }

    private static ControlReply outcome(String message) {
        return new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, message)));
    }

    private static ControlReply report() {
        return new ControlReply.Report(
                new RoleProcess(ProcessHandle.current().pid(), "test"), Optional.empty(), List.of(), List.of());
    }

    /// What a test asks of the process: its session, its configuration, its folder.
    private static String facts() {
        try {
            // proc(5): pid (comm) state ppid pgrp session
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
            boolean leads =
                    session.equals(String.valueOf(ProcessHandle.current().pid()));
            return (leads ? "leader" : "member") + " " + System.getenv("AGENTCTL_CONFIG") + " "
                    + Path.of("").toAbsolutePath();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void console(ConsoleConnection console) throws IOException {
        console.send(new ControlReply.Said(Optional.of("a"), "final", "all **done**"));
        while (console.line().isPresent()) {
            // until it is closed
        }
    }
}
