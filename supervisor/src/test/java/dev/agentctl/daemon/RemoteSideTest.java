package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.metrics.Figures;
import dev.agentctl.project.RemoteSettings;
import dev.agentctl.store.Database;
import dev.agentctl.store.RemoteTokens;
import dev.agentctl.tools.Fleet;
import dev.agentctl.tools.Guest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of operators' own clients, and when the server for them listens.
@Timeout(60)
class RemoteSideTest {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Database database;
    private RemoteTokens tokens;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        tokens = new RemoteTokens(database, () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private RemoteSide side(Optional<RemoteSettings> settings) {
        return new RemoteSide(settings, tokens, () -> now);
    }

    private static String token(ControlReply reply) {
        assertThat(reply).isInstanceOf(ControlReply.Text.class);
        return ((ControlReply.Text) reply).text().lines().findFirst().orElseThrow();
    }

    @Test
    void aTokenIsShownOnceAndKeptAsAHash() throws IOException {
        try (RemoteSide side = side(Optional.empty())) {
            ControlReply reply = side.create("phone", "read", Optional.of("a"), DAY);
            String token = token(reply);
            assertThat(((ControlReply.Text) reply).text()).contains("no mcp.remote");
            assertThat(side.of(token)).contains(new Guest("phone", false, Optional.of("a")));
            assertThat(side.of(token + "x")).isEmpty();
            assertThat(side.list())
                    .isEqualTo(new ControlReply.Text("phone\tread\ta\t" + now.toEpochMilli() + "\t"
                            + now.plusSeconds(DAY).toEpochMilli() + "\n"));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(token.substring("agentctl_".length()));
                }
            }
        }
    }

    @Test
    void aTokenEndsAtItsTimeOrWhenItIsRevoked() {
        try (RemoteSide side = side(Optional.empty())) {
            String short1 = token(side.create("short", "write", Optional.empty(), DAY));
            String forever = token(side.create("forever", "write", Optional.empty(), 0));
            assertThat(side.create("short", "read", Optional.empty(), 0))
                    .isInstanceOfSatisfying(
                            ControlReply.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT));
            now = now.plusSeconds(DAY);
            assertThat(side.of(short1)).isEmpty();
            assertThat(side.named("short")).isEmpty();
            assertThat(side.of(forever)).contains(new Guest("forever", true, Optional.empty()));
            // its name is free again
            assertThat(side.of(token(side.create("short", "read", Optional.empty(), 0))))
                    .isPresent();
            assertThat(side.revoke("forever")).isInstanceOf(ControlReply.Outcomes.class);
            assertThat(side.of(forever)).isEmpty();
            assertThat(side.revoke("forever")).isInstanceOf(ControlReply.Refused.class);
        }
    }

    @Test
    void whatIsNoNameOrScopeIsRefused() {
        try (RemoteSide side = side(Optional.empty())) {
            assertThat(side.create("a b", "read", Optional.empty(), 0)).isInstanceOf(ControlReply.Refused.class);
            assertThat(side.create("a", "admin", Optional.empty(), 0)).isInstanceOf(ControlReply.Refused.class);
            assertThat(tokens.live()).isEmpty();
        }
    }

    @Test
    void beyondThisMachineItListensOnlyOnceThereIsAToken() throws IOException, InterruptedException {
        int port = freePort();
        RemoteSettings settings = new RemoteSettings(
                "0.0.0.0", port, false, Optional.of(URI.create("http://127.0.0.1:" + port + "/mcp")), List.of(), false);
        try (RemoteSide side = side(Optional.of(settings))) {
            side.open(nobody(), () -> true, RemoteSideTest::look);
            assertThat(side.notice().orElse("")).contains("agentctl token create NAME");
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
            }
            String token = token(side.create("phone", "write", Optional.empty(), 0));
            assertThat(side.notice()).isEmpty();
            HttpResponse<String> figures = metrics(port, token);
            assertThat(figures.statusCode()).isEqualTo(200);
            assertThat(figures.body())
                    .contains("agentctl_sessions{state=\"idle\"} 1")
                    .contains("agentctl_session_queue{session=\"a\"} 3")
                    .contains("agentctl_session_restarts{session=\"a\"} 2")
                    .contains("agentctl_messages{stage=\"accepted\"} 7")
                    .contains("agentctl_waits 4")
                    .contains("agentctl_outbox 5");
        }
    }

    @Test
    void aPortThatIsTakenIsANoticeUntilItIsFree() throws IOException, InterruptedException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = taken.getLocalPort();
        RemoteSettings settings = new RemoteSettings("127.0.0.1", port, true, Optional.empty(), List.of(), false);
        try (taken;
                RemoteSide side = side(Optional.of(settings))) {
            side.retry();
            assertThat(side.notice()).as("before it is opened").isEmpty();
            side.open(nobody(), () -> true, RemoteSideTest::look);
            side.retry();
            assertThat(side.notice().orElse("")).contains("is taken by another process");
            String token = token(side.create("phone", "read", Optional.empty(), 0));
            taken.close();
            side.retry();
            assertThat(side.notice()).isEmpty();
            side.retry();
            assertThat(metrics(port, token).statusCode()).isEqualTo(200);
        }
    }

    private static Figures.Look look() {
        return new Figures.Look(List.of(new Figures.SessionFigures("a", "idle", 3, 2)), 4, 5, Map.of("accepted", 7L));
    }

    /// No session, and nothing can be done.
    private static Fleet nobody() {
        return (Fleet)
                Proxy.newProxyInstance(Fleet.class.getClassLoader(), new Class<?>[] {Fleet.class}, (_, _, _) -> null);
    }

    private static HttpResponse<String> metrics(int port, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
