package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(ToolServer.class);
    private static final String HOST = "127.0.0.1";
    private static final String HOOKS = "/hook/*";
    private static final int MOST_REQUESTS = 1000;
    /// For the answers of ended waits to leave, out of the 500 ms that a planned stop may take.
    private static final Duration GOODBYE = Duration.ofMillis(300);
    private static final Duration THREADS_END = Duration.ofMillis(150);

    private final Server server;
    private final GracefulHandler requests;
    private final int port;
    private final OpenCalls calls;
    private final EventStreams streams;
    private final HookServlet hooks;

    private ToolServer(
            Server server,
            GracefulHandler requests,
            int port,
            OpenCalls calls,
            EventStreams streams,
            HookServlet hooks) {
        this.server = server;
        this.requests = requests;
        this.port = port;
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
        Server server = server();
        ServerConnector connector = listen(server, port);
        EventStreams streams = new EventStreams(pace);
        HookServlet hookServlet = new HookServlet(site.hooks(), errors);
        McpEndpoint endpoint = new McpEndpoint(
                mapper, Tool.all(site.operator(), site.neighbours(), names), names, calls, pace, extras);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        filter(context, new AccessFilter(site.callers(), errors), "/*");
        filter(
                context,
                new McpFilter(mapper, endpoint.protocolVersions(), site.journal(), calls, streams, extras.asking()),
                MCP_PATH);
        servlet(context, endpoint.servlet(), MCP_PATH);
        servlet(context, hookServlet, HOOKS);
        GracefulHandler requests = new GracefulHandler(context);
        server.setHandler(requests);
        begin(server);
        return new ToolServer(server, requests, connector.getLocalPort(), calls, streams, hookServlet);
    }

    private static Server server() {
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("mcp-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(new VirtualThreadPool(MOST_REQUESTS));
        // the port is free once the thread that accepts has left the kernel
        threads.setStopTimeout(THREADS_END.toMillis());
        Server server = new Server(threads);
        server.setStopTimeout(0);
        return server;
    }

    private static ServerConnector listen(Server server, int port) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException taken) {
            throw (BindException) new BindException("port " + port + " on " + HOST
                            + " is taken by another process; stop that process or choose another port")
                    .initCause(taken);
        }
        server.addConnector(connector);
        return connector;
    }

    private static void filter(ServletContextHandler context, Filter filter, String path) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, path, EnumSet.of(DispatcherType.REQUEST));
    }

    private static void servlet(ServletContextHandler context, HttpServlet servlet, String path) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
    }

    private static void begin(Server server) throws IOException {
        try {
            server.start();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("the MCP server could not start: " + failed.getMessage(), failed);
        }
    }

    /// The port that it listens on, or did until it was closed.
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
        sayGoodbye();
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the MCP server could not stop: " + failed.getMessage(), failed);
        }
    }

    /// Waits until the last answers have left.
    private void sayGoodbye() {
        try {
            requests.shutdown().get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException slow) {
            LOG.warn("some agents did not take the answer that the supervisor is restarting");
        }
    }
}
