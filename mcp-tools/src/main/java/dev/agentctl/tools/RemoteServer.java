package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Serves an operator's own MCP clients, apart from the agents: another address, other tokens, other tools.
///
/// ```
/// RemoteAccess ── who is it? ──┬─ McpFilter ── the SDK's servlet ── McpEndpoint ── FleetTool ── Fleet
///                              ├─ MetadataServlet
///                              └─ ProbeServlet
/// ```
public final class RemoteServer implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofMillis(200);
    private static final String INSTRUCTIONS = """
            agentctl keeps coding agents running on a machine. These tools show its operator what they do, and let the \
            operator answer and instruct them. Do only what the operator asks for.""";

    private final WebServer server;
    private final URI endpoint;
    private final OpenCalls calls;
    private final EventStreams streams;

    private RemoteServer(WebServer server, URI endpoint, OpenCalls calls, EventStreams streams) {
        this.server = server;
        this.endpoint = endpoint;
        this.calls = calls;
        this.streams = streams;
    }

    /// Listens and serves from now on.
    ///
    /// @throws BindException when the port is taken; one line that says what to do
    public static RemoteServer start(RemoteAddress address, RemoteSite site) throws IOException {
        McpJsonMapper mapper = McpJsonDefaults.getMapper();
        RpcErrors errors = new RpcErrors(mapper);
        OpenCalls calls = new OpenCalls();
        WebServer server = WebServer.open(address.host(), address.port());
        EventStreams streams = new EventStreams(Pace.USUAL);
        List<Tool> tools = new FleetTools(site.fleet(), site.guests(), site.writes()).all();
        McpEndpoint endpoint =
                new McpEndpoint(mapper, tools, INSTRUCTIONS, new ToolNames(""), calls, Pace.USUAL, Extras.NONE);
        server.filter(new RemoteAccess(address, site.guests(), errors), "/*");
        server.filter(
                new McpFilter(mapper, endpoint.protocolVersions(), CallJournal.NONE, calls, streams, false),
                ToolServer.MCP_PATH);
        server.servlet(endpoint.servlet(), ToolServer.MCP_PATH);
        server.servlet(new MetadataServlet(address, mapper), RemoteAddress.METADATA + "/*");
        ProbeServlet probes = new ProbeServlet(site);
        server.servlet(probes, ProbeServlet.HEALTH);
        server.servlet(probes, ProbeServlet.READY);
        server.servlet(probes, ProbeServlet.METRICS);
        server.start();
        return new RemoteServer(server, URI.create(address.resource(server.port())), calls, streams);
    }

    /// The port that it listens on, or did until it was closed.
    public int port() {
        return server.port();
    }

    /// Where clients connect to.
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        calls.endAll();
        streams.close();
        server.stop(GOODBYE);
    }
}
