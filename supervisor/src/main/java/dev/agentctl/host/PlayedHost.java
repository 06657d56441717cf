package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import dev.agentctl.wire.HandOver;
import dev.agentctl.wire.Listener;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A host without children, for a supervisor's rehearsal: each that it is to start is said to run, and to have been
/// killed.
public final class PlayedHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KILLED = 128 + 9;
    /// No process has it (proc(5): at most 2^22).
    private static final long PID = 1L << 23;

    private final Duration run;
    private final CountDownLatch starts;
    private final Succession succession;
    private final Listener listener;

    private PlayedHost(StateFolder folder, int starts, Duration run) throws IOException {
        this.run = run;
        this.starts = new CountDownLatch(starts);
        this.succession = new Succession(new Irreplaceable(), folder.handOver("host"));
        this.listener = Listener.open(
                folder.hostSocket(),
                this::serve,
                PATIENCE,
                Thread.ofPlatform().daemon().name("played host ", 0).factory());
    }

    /// Listens at the folder's host socket.
    ///
    /// @param starts after so many it has played to its end
    /// @param run how long each child is there
    public static PlayedHost open(StateFolder folder, int starts, Duration run) throws IOException {
        return new PlayedHost(folder, starts, run);
    }

    /// Waits until it has played to its end.
    ///
    /// @return false if it has not in that time
    public boolean await(Duration most) throws InterruptedException {
        return starts.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void serve(Connection connection) throws IOException {
        if (Greeting.accept(connection, "client", HostProtocol.VERSION)) {
            succession.serve(connection);
            return;
        }
        var frame = connection.receive();
        while (frame.isPresent()) {
            HostProtocol.Numbered<HostRequest> request = HostProtocol.request(frame.get());
            answer(connection, request.number(), request.message());
            frame = connection.receive();
        }
    }

    private void answer(Connection connection, int number, HostRequest request) throws IOException {
        switch (request) {
            case HostRequest.Spawn spawn -> {
                starts.countDown();
                post(connection, number, new HostReply.Spawned(PID));
                letRun();
                post(connection, 0, new HostReply.Ended(spawn.session(), spawn.generation(), KILLED));
            }
            case HostRequest.ListSessions() -> post(connection, number, new HostReply.Sessions(List.of()));
            case HostRequest.Times _ -> post(connection, number, new HostReply.Times(List.of()));
            case HostRequest.Attach _ -> post(connection, number, new HostReply.Attached(List.of()));
            case HostRequest.Read _, HostRequest.Hold _ -> {
                // nothing is ever printed, and there is no other program
            }
            case HostRequest.Input _,
                    HostRequest.Resize _,
                    HostRequest.SendSignal _,
                    HostRequest.Forget _,
                    HostRequest.Watch _,
                    HostRequest.PersonTypes _,
                    HostRequest.Shutdown _ -> post(connection, number, new HostReply.Done());
        }
    }

    private void letRun() throws InterruptedIOException {
        try {
            Thread.sleep(run);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the rehearsal is broken off");
        }
    }

    /// Of the supervisor's own build, so that none asks for another.
    private static final class Irreplaceable implements Succession.Role {
        @Override
        public String problem() {
            return "";
        }

        @Override
        public HandOver sample() throws IOException {
            throw new IOException("it is only played");
        }

        @Override
        public void succeed(List<String> command, Path file, Listener listener) throws IOException {
            throw new IOException("it is only played");
        }
    }

    private static void post(Connection connection, int number, HostReply reply) throws IOException {
        connection.post(HostProtocol.encode(number, reply));
    }

    @Override
    public void close() {
        listener.close();
    }
}
