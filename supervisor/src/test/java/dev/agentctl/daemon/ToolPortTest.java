package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.store.Database;
import dev.agentctl.store.Settings;
import dev.agentctl.tools.CallJournal;
import dev.agentctl.tools.Neighbours;
import dev.agentctl.tools.Operator;
import dev.agentctl.tools.ToolSite;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which ports the agents' tools are served at, whoever else wants them.
@Timeout(120)
class ToolPortTest {
    @AutoClose
    private final Database database;

    private final Settings settings;

    ToolPortTest(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        settings = new Settings(database);
    }

    private ToolPort port(int configured) throws IOException {
        Operator nobody = (Operator) Proxy.newProxyInstance(
                Operator.class.getClassLoader(), new Class<?>[] {Operator.class}, (_, _, _) -> null);
        return ToolPort.open(
                configured,
                settings,
                new ToolSite(
                        _ -> Optional.empty(),
                        nobody,
                        Neighbours.NONE,
                        (_, _) -> CompletableFuture.completedFuture(""),
                        CallJournal.NONE,
                        ""));
    }

    private static boolean serves(int port) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 401;
        }
    }

    private static ServerSocket take(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void thePortIsKeptOverARestart() throws IOException, InterruptedException {
        int first;
        try (ToolPort port = port(0)) {
            first = port.port();
            assertThat(serves(first)).isTrue();
            assertThat(port.notice()).isEmpty();
        }
        try (ToolPort port = port(0)) {
            assertThat(port.port()).isEqualTo(first);
        }
    }

    @Test
    void aTakenPortIsServedOnceItIsFreeAndSoIsItsStandIn() throws IOException, InterruptedException {
        int kept;
        try (ToolPort port = port(0)) {
            kept = port.port();
        }
        int standIn;
        ServerSocket taken = take(kept);
        try (taken;
                ToolPort port = port(0)) {
            standIn = port.port();
            assertThat(standIn).isNotEqualTo(kept);
            assertThat(serves(standIn)).isTrue();
            port.retry();
            assertThat(port.notice().orElse("")).contains("port " + kept + " for the agents' tools is taken");
            taken.close();
            port.retry();
            assertThat(port.notice()).isEmpty();
            assertThat(port.port()).isEqualTo(kept);
            assertThat(serves(kept)).isTrue();
            assertThat(serves(standIn)).isTrue();
        }
        try (ToolPort port = port(0)) {
            assertThat(port.port()).isEqualTo(kept);
            assertThat(serves(kept)).isTrue();
            assertThat(serves(standIn)).isTrue();
        }
        try (ServerSocket kept2 = take(kept);
                ServerSocket standIn2 = take(standIn)) {
            assertThat(kept2.isBound() && standIn2.isBound())
                    .as("both are let go of")
                    .isTrue();
        }
    }

    @Test
    void aConfiguredPortThatIsTakenKeepsNothingFromStarting() throws IOException, InterruptedException {
        ServerSocket taken = take(0);
        try (taken;
                ToolPort port = port(taken.getLocalPort())) {
            int configured = taken.getLocalPort();
            assertThat(serves(port.port())).isTrue();
            assertThat(port.notice()).isPresent();
            taken.close();
            port.retry();
            assertThat(port.port()).isEqualTo(configured);
            assertThat(serves(configured)).isTrue();
        }
    }

    @Test
    void agentsThatKnowThePortOfAnOlderConfigurationReachItStill() throws IOException, InterruptedException {
        int before;
        try (ToolPort port = port(0)) {
            before = port.port();
        }
        int configured;
        try (ServerSocket free = take(0)) {
            configured = free.getLocalPort();
        }
        try (ToolPort port = port(configured)) {
            assertThat(port.port()).isEqualTo(configured);
            assertThat(serves(before)).isTrue();
            assertThat(serves(configured)).isTrue();
        }
    }
}
