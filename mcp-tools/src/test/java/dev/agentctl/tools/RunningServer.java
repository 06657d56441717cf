package dev.agentctl.tools;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A tool server on a free port, with the sessions `project-a` to `project-d`, whose tokens are `token-a` to `token-d`,
/// and any number of others with numbers for letters.
final class RunningServer implements AutoCloseable {
    static final Pace QUICK = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMinutes(10));
    /// Forgets the sessions of clients that do nothing for a moment, which is longer than one of ours stands still.
    static final Pace SWEEPING = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(1));

    private static final Logger LOGS = Logger.getLogger("");

    static {
        LOGS.setLevel(Level.WARNING);
    }

    /// A hook that came and waits for the test's decision.
    record Hook(Caller caller, String event, String key, String json, CompletableFuture<String> decision) {}

    final RecordingOperator operator;
    final MemoryJournal journal;
    final RecordingNeighbours neighbours = new RecordingNeighbours();
    final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final ToolServer server;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<McpSyncClient> clients = new CopyOnWriteArrayList<>();

    RunningServer() throws IOException {
        this(Pace.USUAL);
    }

    RunningServer(Pace pace) throws IOException {
        this(pace, "");
    }

    /// @param prefix before every tool's name
    RunningServer(Pace pace, String prefix) throws IOException {
        this(new RecordingOperator(), new MemoryJournal(), 0, pace, prefix, Extras.NONE);
    }

    RunningServer(Extras extras) throws IOException {
        this(new RecordingOperator(), new MemoryJournal(), 0, Pace.USUAL, "", extras);
    }

    private RunningServer(
            RecordingOperator operator, MemoryJournal journal, int port, Pace pace, String prefix, Extras extras)
            throws IOException {
        this.operator = operator;
        this.journal = journal;
        server = ToolServer.start(port, site(prefix), pace, extras);
    }

    /// Stops this server and starts another in its place.
    RunningServer next() throws IOException {
        server.close();
        return new RunningServer(operator, journal, server.port(), Pace.USUAL, "", Extras.NONE);
    }

    private ToolSite site(String prefix) {
        return new ToolSite(RunningServer::caller, operator, neighbours, this::receive, journal, prefix);
    }

    private static Optional<Caller> caller(String token) {
        return token.matches("token-([a-d]|\\d+)")
                ? Optional.of(new Caller("project-" + token.substring("token-".length()), 1))
                : Optional.empty();
    }

    private CompletableFuture<String> receive(Caller caller, HookCall call) {
        CompletableFuture<String> decision = new CompletableFuture<>();
        hooks.add(new Hook(caller, call.event(), call.key(), call.json(), decision));
        return decision;
    }

    /// The official SDK's client, initialized.
    McpSyncClient client(String token) {
        return client(token, new LinkedBlockingQueue<>());
    }

    McpSyncClient client(String token, BlockingQueue<McpSchema.ProgressNotification> progress) {
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + server.port())
                .addHttpRequestCustomizer((request, _, _, _, _) -> request.header("Authorization", "Bearer " + token))
                .build();
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofMinutes(2))
                .progressConsumer(progress::add)
                .build();
        clients.add(client);
        var _ = client.initialize();
        return client;
    }

    /// Calls on a thread of its own: the JDK's HTTP client needs the common pool, which a blocked call would fill.
    CompletableFuture<McpSchema.CallToolResult> callLater(McpSyncClient client, McpSchema.CallToolRequest request) {
        return CompletableFuture.supplyAsync(() -> client.callTool(request), callers);
    }

    RawClient raw(String token) {
        return new RawClient(http, server.endpoint(), Map.of("Authorization", "Bearer " + token));
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    static McpSchema.CallToolRequest call(String tool, Map<String, Object> arguments) {
        return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
    }

    static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().getFirst()).text();
    }

    @Override
    public void close() {
        clients.forEach(McpSyncClient::close);
        server.close();
        callers.close();
        // a stream that nobody reads to its end would keep it open, and a failure from being told
        http.shutdownNow();
        http.close();
    }
}
