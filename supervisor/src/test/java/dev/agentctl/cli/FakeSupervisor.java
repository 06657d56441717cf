package dev.agentctl.cli;

import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Answers at the real control socket what a test tells it to, and keeps what it was asked.
final class FakeSupervisor implements ControlServer.Handler, AutoCloseable {
    private final ControlServer server;
    private final BlockingQueue<ControlRequest> asked = new LinkedBlockingQueue<>();
    private volatile Function<ControlRequest, ControlReply> answers = request -> new ControlReply.Refused(
            ExitCode.ERROR, "nothing was prepared for " + request.getClass().getSimpleName());
    private volatile ConsoleScript console = _ -> {};

    /// What happens at an open console; it is closed at the end.
    @FunctionalInterface
    interface ConsoleScript {
        void play(ConsoleConnection console) throws IOException;
    }

    FakeSupervisor(StateFolder folder) throws IOException {
        server = ControlServer.open(folder.supervisorSocket(), this);
    }

    static SessionReport session(String name, String state) {
        return session(name, state, OptionalLong.of(0));
    }

    /// One whose log has lost something.
    static SessionReport lossy(String name, long lostBytes) {
        return session(name, "idle", OptionalLong.of(lostBytes));
    }

    /// One whose host does not answer.
    static SessionReport unheard(String name) {
        return session(name, "idle", OptionalLong.empty());
    }

    private static SessionReport session(String name, String state, OptionalLong lostBytes) {
        return new SessionReport(
                name,
                "claude",
                "/src/" + name,
                "up",
                state,
                "hook Stop at 14:02:11",
                1_767_225_600_000L,
                List.of("stopped", "failed").contains(state) ? 0 : 4711,
                2,
                Optional.empty(),
                1,
                lostBytes,
                Optional.empty(),
                List.of());
    }

    static ControlReply.Report report(SessionReport... sessions) {
        return new ControlReply.Report(
                new RoleProcess(11, "0.1.0"), Optional.of(new RoleProcess(12, "0.1.0")), List.of(sessions), List.of());
    }

    void answer(Function<ControlRequest, ControlReply> with) {
        answers = with;
    }

    void answer(ControlReply always) {
        answers = _ -> always;
    }

    void onConsole(ConsoleScript script) {
        console = script;
    }

    /// The next request that nobody has taken from here; waits for it.
    ControlRequest asked() throws InterruptedException {
        return Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS), "nothing was asked");
    }

    boolean wasAskedMore() {
        return !asked.isEmpty();
    }

    @Override
    public ControlReply answer(ControlRequest request) {
        asked.add(request);
        return answers.apply(request);
    }

    @Override
    public void console(ConsoleConnection connection) throws IOException {
        console.play(connection);
    }

    @Override
    public void close() {
        server.close();
    }
}
