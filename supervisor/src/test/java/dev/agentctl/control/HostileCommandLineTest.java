package dev.agentctl.control;

import static dev.agentctl.wire.HostilePeer.claim;
import static dev.agentctl.wire.HostilePeer.readToEnd;
import static dev.agentctl.wire.HostilePeer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.HostilePeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients of the supervisor's socket that mean harm or are broken. Beside each of them others go on: one that was
/// there before, and one that comes.
@Timeout(120)
class HostileCommandLineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int WAITING = 50;
    private static final ControlRequest ASKED = new ControlRequest.Status(Optional.empty());
    private static final ControlReply ANSWER = new ControlReply.Text("fine");

    @TempDir
    Path temporary;

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final CountDownLatch waiting = new CountDownLatch(WAITING);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch consoleEnded = new CountDownLatch(1);
    private Path socket;
    private ControlServer server;
    private ControlClient before;
    private HostilePeer hostile;

    /// Answers at once, but for a transcript, which it holds back, and a screen, which is large.
    private final class Desk implements ControlServer.Handler {
        @Override
        public ControlReply answer(ControlRequest request) {
            if (request instanceof ControlRequest.Transcript) {
                waiting.countDown();
                try {
                    released.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            return request instanceof ControlRequest.ShowScreen ? new ControlReply.Text("x".repeat(4 << 20)) : ANSWER;
        }

        @Override
        public void console(ConsoleConnection console) throws IOException {
            try {
                Optional<String> line = console.line();
                while (line.isPresent()) {
                    if (line.get().equals("over")) {
                        told.countDown();
                    }
                    console.send(new ControlReply.Said(Optional.empty(), "reply", "x".repeat(64 << 10)));
                    line = console.line();
                }
            } finally {
                consoleEnded.countDown();
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught.add(e));
        socket = temporary.resolve("supervisor.sock");
        server = ControlServer.open(socket, new Desk(), PATIENCE);
        before = ControlClient.connect(socket);
        hostile = new HostilePeer(socket, ControlProtocol.VERSION);
    }

    @AfterEach
    void close() throws IOException {
        othersNoticeNothing();
        released.countDown();
        hostile.close();
        before.close();
        server.close();
        Thread.setDefaultUncaughtExceptionHandler(null);
        assertThat(uncaught).isEmpty();
    }

    private void othersNoticeNothing() throws IOException {
        assertThat(before.ask(ASKED)).isEqualTo(ANSWER);
        try (ControlClient another = ControlClient.connect(socket)) {
            assertThat(another.ask(ASKED)).isEqualTo(ANSWER);
        }
    }

    @Test
    void aFrameOfAGigabyteIsRefusedByItsLength() throws IOException {
        SocketChannel channel = hostile.greeted();
        claim(channel, 1 << 30);
        assertThat(readToEnd(channel))
                .contains("the supervisor closes the connection: a frame claims 1073741824 bytes, more than 8388608");
        SocketChannel negative = hostile.greeted();
        claim(negative, -1);
        assertThat(readToEnd(negative)).contains("a frame claims 4294967295 bytes");
    }

    @Test
    void anotherProtocolIsRefused() throws IOException {
        SocketChannel web = hostile.connect();
        web.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(readToEnd(web)).contains("a frame claims 1195725856 bytes");
        SocketChannel newer = hostile.connect();
        send(
                newer,
                new Encoder()
                        .i32(ControlProtocol.VERSION + 1)
                        .string("9.9")
                        .i64(1)
                        .toBytes());
        assertThat(readToEnd(newer))
                .as("the supervisor's own greeting, so that the client can tell")
                .isNotEmpty();
    }

    /// Every request there is, with a body that makes no sense.
    @Test
    void garbageIsRefused() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 600; i++) {
            byte[] garbage = new byte[1 + random.nextInt(60)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (i % 64);
            SocketChannel channel = hostile.greeted();
            send(channel, garbage);
            channel.shutdownOutput();
            released.countDown();
            readToEnd(channel);
            channel.close();
        }
    }

    @Test
    void wordsThatLieAboutTheirLengthAreRefused() throws IOException {
        SocketChannel channel = hostile.greeted();
        send(channel, new Encoder().u8(10).i32(Integer.MAX_VALUE).toBytes());
        assertThat(readToEnd(channel)).contains("the supervisor closes the connection: frame claims 2147483647 items");
        SocketChannel many = hostile.greeted();
        Encoder strings = new Encoder().u8(3).i32(1 << 20);
        for (int i = 0; i < 1 << 20; i++) {
            strings.i32(0);
        }
        send(many, strings.toBytes());
        assertThat(readToEnd(many)).contains("a frame has 1048576 strings, more than 65536");
    }

    @Test
    void whoDoesNotEndWhatItBeginsIsClosedAfterAWhile() throws IOException {
        SocketChannel silent = hostile.connect();
        SocketChannel header = hostile.greeted();
        header.write(ByteBuffer.wrap(new byte[] {0, 0}));
        SocketChannel body = hostile.greeted();
        claim(body, 100);
        body.write(ByteBuffer.wrap(new byte[10]));
        for (SocketChannel channel : List.of(silent, header, body)) {
            readToEnd(channel);
        }
    }

    /// It gets part of a reply of 4 MB, and no time to take the rest whenever it likes.
    @Test
    void whoStopsReadingIsClosedAfterAWhile() throws IOException {
        SocketChannel deaf = hostile.greeted();
        send(deaf, ControlProtocol.encode(new ControlRequest.ShowScreen("a", false)));
        byte[] more = ControlProtocol.encode(ASKED);
        while (isOpen(deaf, more)) {
            othersNoticeNothing();
        }
    }

    private static boolean isOpen(SocketChannel channel, byte[] frame) {
        try {
            send(channel, frame);
            return true;
        } catch (IOException _) {
            // closed by the other side, in whichever words the kernel has for it
            return false;
        }
    }

    @Test
    void whoGoesAwayBeforeTheAnswerIsNobodysTrouble() throws IOException, InterruptedException {
        List<SocketChannel> gone = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            SocketChannel channel = hostile.greeted();
            send(channel, ControlProtocol.encode(new ControlRequest.Transcript("a")));
            gone.add(channel);
        }
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        for (SocketChannel channel : gone) {
            channel.close();
        }
        othersNoticeNothing();
    }

    @Test
    void aConsoleThatListensToNothingIsClosedAfterAWhile() throws IOException, InterruptedException {
        SocketChannel deaf = hostile.greeted();
        send(deaf, ControlProtocol.encode(new ControlRequest.OpenConsole()));
        byte[] line = ControlProtocol.encode(new ControlRequest.ConsoleLine("/sessions"));
        for (int i = 0; i < 50; i++) {
            send(deaf, line);
        }
        othersNoticeNothing();
        assertThat(consoleEnded.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /// Whoever tells all consoles something must not wait for the one whose person pressed Ctrl-Z.
    @Test
    void nobodyWaitsForAConsoleThatListensToNothing() throws IOException, InterruptedException {
        Path another = temporary.resolve("patient.sock");
        try (ControlServer _ = ControlServer.open(another, new Desk(), Duration.ofMinutes(10));
                HostilePeer peer = new HostilePeer(another, ControlProtocol.VERSION)) {
            SocketChannel deaf = peer.greeted();
            send(deaf, ControlProtocol.encode(new ControlRequest.OpenConsole()));
            for (int i = 0; i < 50; i++) {
                send(deaf, ControlProtocol.encode(new ControlRequest.ConsoleLine("/sessions")));
            }
            send(deaf, ControlProtocol.encode(new ControlRequest.ConsoleLine("over")));
            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aConsoleThatTalksNonsenseIsClosed() throws IOException, InterruptedException {
        SocketChannel console = hostile.greeted();
        send(console, ControlProtocol.encode(new ControlRequest.OpenConsole()));
        send(console, new byte[] {13, 0x7f, 0, 0, 0});
        assertThat(readToEnd(console)).contains("the supervisor closes the connection: frame claims 2130706432 items");
        assertThat(consoleEnded.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aThousandConnectionsLeaveRoomForOthers() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            SocketChannel channel = hostile.greeted();
            claim(channel, 8 << 20);
            channel.write(ByteBuffer.wrap(new byte[1_000]));
        }
        othersNoticeNothing();
    }
}
