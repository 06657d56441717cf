package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Serves the tools over MCP, and takes the agents' HTTP hooks, on the loopback interface.
///
/// ```
/// AccessFilter ── who is it? ──┬─ McpFilter ── the SDK's servlet ── McpEndpoint ── Tool ── Operator
///                              └─ HookServlet ── HookReceiver
/// ```
///
/// Every request runs on a virtual thread and may block: a waiting call costs a connection and about 0.2 MB.
public final class ToolServer implements AutoCloseable {
    static final String MCP_PATH = "/mcp";

    private static final String HOST = "127.0.0.1";
    private static final String HOOKS = "/hook/*";
    private static final String INSTRUCTIONS = """
            agentctl connects you with the human operator of this session, who is away from the keyboard and reads \
            your messages on a phone.""";
    /// For the answers of ended waits to leave, out of the 500 ms that a planned stop may take.
    private static final Duration GOODBYE = Duration.ofMillis(300);

    private final WebServer server;
    private final int port;
    private final OpenCalls calls;
    private final EventStreams streams;
    private final HookServlet hooks;

    private ToolServer(WebServer server, OpenCalls calls, EventStreams streams, HookServlet hooks) {
        this.server = server;
        this.port = server.port();
        this.calls = calls;
        this.streams = streams;
        this.hooks = hooks;
    }

    /// Listens on 127.0.0.1 and serves from now on.
    ///
    /// @param port 0 for any free one
    /// @throws BindException when the port is taken; one line that says what to do
    public static ToolServer start(int port, ToolSite site) throws IOException {
        return start(port, site, Pace.USUAL);
    }

    static ToolServer start(int port, ToolSite site, Pace pace) throws IOException {
        return start(port, site, pace, Extras.NONE);
    }

    static ToolServer start(int port, ToolSite site, Pace pace, Extras extras) throws IOException {
        McpJsonMapper mapper = McpJsonDefaults.getMapper();
        RpcErrors errors = new RpcErrors(mapper);
        ToolNames names = new ToolNames(site.prefix());
        OpenCalls calls = new OpenCalls();
        WebServer server = WebServer.open(HOST, port);
        EventStreams streams = new EventStreams(pace);
        HookServlet hookServlet = new HookServlet(site.hooks(), errors);
        List<Tool> tools = Tool.all(site.operator(), site.neighbours(), names);
        McpEndpoint endpoint = new McpEndpoint(mapper, tools, INSTRUCTIONS, names, calls, pace, extras);
        server.filter(new AccessFilter(site.callers(), errors), "/*");
        server.filter(
                new McpFilter(mapper, endpoint.protocolVersions(), site.journal(), calls, streams, extras.asking()),
                MCP_PATH);
        server.servlet(endpoint.servlet(), MCP_PATH);
        server.servlet(hookServlet, HOOKS);
        server.start();
        return new ToolServer(server, calls, streams, hookServlet);
    }

    /// Serves at another port, too.
    ///
    /// @throws BindException when the port is taken; one line that says what to do
    public void listen(int port) throws IOException {
        server.listen(port);
    }

    /// The port that it was started on.
    public int port() {
        return port;
    }

    /// Where MCP clients connect to; hooks go to `/hook/{event}` beside it.
    public URI endpoint() {
        return URI.create("http://" + HOST + ":" + port + MCP_PATH);
    }

    /// Lets go of every wait, then stops listening; takes at most about 500 ms. The next process goes on with the calls
    /// whose clients ask for that, and the questions stay open: they are the operator's.
    @Override
    public void close() {
        calls.endAll();
        hooks.endAll();
        streams.close();
        server.stop(GOODBYE);
    }
}
