package dev.agentctl.host;

import static dev.agentctl.wire.HostilePeer.claim;
import static dev.agentctl.wire.HostilePeer.readToEnd;
import static dev.agentctl.wire.HostilePeer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.HostilePeer;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients of the host that mean harm or are broken. Beside each of them a session goes on echoing.
@Timeout(120)
class HostileClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path temporary;

    private StateFolder folder;
    private Host host;
    private HostClient client;
    private HostilePeer hostile;
    private int echoes;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder, new HostOptions(LogLimits.USUAL, InstantSource.system(), PATIENCE));
        client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE);
        hostile = new HostilePeer(folder.hostSocket(), HostProtocol.VERSION);
        HostReply started = client.ask(new HostRequest.Spawn(
                "echo",
                1,
                List.of("/bin/sh", "-c", "stty -echo; while read line; do echo got:$line; done"),
                "/",
                Map.of("PATH", "/usr/bin:/bin"),
                80,
                24));
        assertThat(started).isInstanceOf(HostReply.Spawned.class);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        othersNoticeNothing();
        hostile.close();
        client.ask(new HostRequest.SendSignal("echo", 1, "KILL"));
        client.close();
        host.close();
    }

    private void othersNoticeNothing() throws IOException, InterruptedException {
        String word = "word" + echoes++;
        HostRequest.Read all = new HostRequest.Read("echo", 0, -1, true);
        try (HostReader reader = HostClient.read(folder.hostSocket(), all)) {
            HostReply reply =
                    client.ask(new HostRequest.Input("echo", 1, (word + "\r").getBytes(StandardCharsets.UTF_8)));
            assertThat(reply).isEqualTo(new HostReply.Done());
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("got:" + word)) {
                Optional<LogItem> item = reader.next();
                assertThat(item).isPresent();
                if (item.get() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    text.append(new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
    }

    @Test
    void aFrameOfAGigabyteIsRefusedByItsLength() throws IOException {
        SocketChannel channel = hostile.greeted();
        claim(channel, 1 << 30);
        assertThat(readToEnd(channel))
                .contains("the host closes the connection: a frame claims 1073741824 bytes, more than 8388608");
    }

    @Test
    void garbageIsRefused() throws IOException {
        SocketChannel web = hostile.connect();
        web.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(readToEnd(web)).contains("a frame claims 1195725856 bytes");
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(60)];
            random.nextBytes(garbage);
            SocketChannel channel = hostile.greeted();
            send(channel, garbage);
            channel.shutdownOutput();
            readToEnd(channel);
        }
    }

    @Test
    void wordsThatLieAboutTheirLengthAreRefused() throws IOException {
        SocketChannel channel = hostile.greeted();
        send(channel, new Encoder().i32(1).u8(2).i32(Integer.MAX_VALUE).toBytes());
        assertThat(readToEnd(channel)).contains("the host closes the connection: frame claims 2147483647 items");
        SocketChannel many = hostile.greeted();
        Encoder strings = new Encoder().i32(1).u8(1).string("a").i64(1).i32(1 << 20);
        for (int i = 0; i < 1 << 20; i++) {
            strings.i32(0);
        }
        send(many, strings.toBytes());
        assertThat(readToEnd(many)).contains("a frame has 1048576 strings, more than 65536");
    }

    @Test
    void halfAFrameIsClosedAfterAWhile() throws IOException {
        SocketChannel header = hostile.greeted();
        header.write(ByteBuffer.wrap(new byte[] {0, 0}));
        SocketChannel body = hostile.greeted();
        body.write(ByteBuffer.allocate(14).putInt(100).flip().limit(14));
        readToEnd(header);
        readToEnd(body);
    }

    @Test
    void whoSaysNothingIsClosedAfterAWhile() throws IOException {
        assertThat(readToEnd(hostile.connect())).isNotEmpty();
    }

    @Test
    void whoTricklesIsClosedAfterAWhile() throws IOException, InterruptedException {
        SocketChannel channel = hostile.greeted();
        claim(channel, 1 << 20);
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < Duration.ofSeconds(60).toNanos()) {
                channel.write(ByteBuffer.wrap(new byte[1]));
                othersNoticeNothing();
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe");
        }
        assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void aThousandConnectionsLeaveRoomForOthers() throws IOException, InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            SocketChannel channel = hostile.greeted();
            claim(channel, 8 << 20);
            channel.write(ByteBuffer.wrap(new byte[1_000]));
        }
        othersNoticeNothing();
        assertThat(client.sessions()).hasSize(1);
    }

    /// Whoever told the others of an end, or typed for them, would wait for the one who does not listen.
    @Test
    void whoReadsNoRepliesDelaysNobodysEnd() throws IOException, InterruptedException {
        SocketChannel deaf = hostile.greeted();
        send(deaf, HostProtocol.encode(1, new HostRequest.Watch()));
        HostReply started = client.ask(new HostRequest.Spawn(
                "typed", 1, List.of("/bin/sh", "-c", "while read line; do :; done"), "/", Map.of(), 80, 24));
        assertThat(started).isInstanceOf(HostReply.Spawned.class);
        byte[] key = HostProtocol.encode(2, new HostRequest.Input("typed", 1, new byte[] {'x'}));
        for (int i = 0; i < 3_000; i++) {
            try {
                send(deaf, key);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("pipe");
                break;
            }
        }
        othersNoticeNothing();
        client.ask(new HostRequest.SendSignal("typed", 1, "KILL"));
    }

    @Test
    void aReaderThatStopsIsNobodysTrouble() throws IOException, InterruptedException {
        SocketChannel stopped = hostile.greeted();
        send(stopped, HostProtocol.encode(1, new HostRequest.Read("flood", 0, -1, true)));
        HostReply started = client.ask(new HostRequest.Spawn(
                "flood", 1, List.of("/bin/sh", "-c", "seq 1 300000"), "/", Map.of("PATH", "/usr/bin:/bin"), 80, 24));
        assertThat(started).isInstanceOf(HostReply.Spawned.class);
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read("flood", 0, -1, true))) {
            LogItem item = reader.next().orElseThrow();
            while (!(item instanceof LogItem.Marked(long _, long _, Mark.Exited(long _, int status)) && status == 0)) {
                item = reader.next().orElseThrow();
            }
        }
    }

    @Test
    void sizesThatLieAreRefused() throws IOException, InterruptedException {
        int[][] sizes = {{0, 0}, {65_535, 65_535}, {-1, -1}, {80, 0}, {Integer.MIN_VALUE, 24}, {1_001, 24}};
        for (int[] size : sizes) {
            String refusal = "a terminal of " + size[0] + " x " + size[1] + " is out of bounds";
            assertThat(client.ask(new HostRequest.Resize("echo", size[0], size[1])))
                    .isEqualTo(new HostReply.Refused(refusal, true));
            assertThat(client.ask(
                            new HostRequest.Spawn("sized", 1, List.of("/bin/true"), "/", Map.of(), size[0], size[1])))
                    .isEqualTo(new HostReply.Refused(refusal, true));
        }
    }

    @Test
    void anotherVersionIsToldApart() throws IOException {
        SocketChannel channel = hostile.connect();
        send(
                channel,
                new Encoder().i32(HostProtocol.VERSION + 1).string("9.9").i64(1).toBytes());
        String said = readToEnd(channel);
        assertThat(said)
                .as("the host's own greeting, so that the client can tell")
                .isNotEmpty();
    }

    @Test
    void anotherUserIsRefused() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name"))
                .as("may become another user")
                .isEqualTo("root");
        for (Path path : List.of(temporary, folder.path())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(folder.hostSocket(), PosixFilePermissions.fromString("rw-rw-rw-"));
        String script = "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die;"
                + " my $n = sysread(S, my $b, 100); print 'read:', $n // 'error';";
        Process nobody = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "perl",
                        "-e",
                        script,
                        folder.hostSocket().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(nobody.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("read:0");
    }
}
