package dev.agentctl.tools;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
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

/// An HTTP server at one address. Every request runs on a virtual thread and may block.
final class WebServer {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_REQUESTS = 1000;
    private static final Duration THREADS_END = Duration.ofMillis(150);

    private final Server server;
    private final ServletContextHandler context = new ServletContextHandler();
    private final GracefulHandler requests = new GracefulHandler(context);
    private final ServerConnector connector;

    private WebServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
        context.setContextPath("/");
        server.setHandler(requests);
    }

    /// Takes the address; requests are served from [#start] on.
    ///
    /// @param port 0 for any free one
    /// @throws BindException when the port is taken; one line that says what to do
    static WebServer open(String host, int port) throws IOException {
        Server server = new Server(threads());
        server.setStopTimeout(0);
        ServerConnector connector = connector(server, host, port);
        server.addConnector(connector);
        return new WebServer(server, connector);
    }

    private static ServerConnector connector(Server server, String host, int port) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException taken) {
            throw (BindException) new BindException("port " + port + " on " + host
                            + " is taken by another process; stop that process or choose another port")
                    .initCause(taken);
        }
        return connector;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("mcp-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(new VirtualThreadPool(MOST_REQUESTS));
        // the port is free once the thread that accepts has left the kernel
        threads.setStopTimeout(THREADS_END.toMillis());
        return threads;
    }

    void filter(Filter filter, String path) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, path, EnumSet.of(DispatcherType.REQUEST));
    }

    void servlet(HttpServlet servlet, String path) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
    }

    void start() throws IOException {
        try {
            server.start();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("the MCP server could not start: " + failed.getMessage(), failed);
        }
    }

    /// Serves at another port of the same host, too, from now on. For a few: each takes two threads.
    ///
    /// @throws BindException when the port is taken
    void listen(int port) throws IOException {
        ServerConnector another = connector(server, connector.getHost(), port);
        server.addConnector(another);
        // what joins a server that runs already is neither started nor stopped with it
        server.manage(another);
        try {
            another.start();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("port " + port + " cannot be served: " + failed.getMessage(), failed);
        }
    }

    /// The port that it listens on, or did until it was stopped.
    int port() {
        return connector.getLocalPort();
    }

    /// Stops, once the last answers have left.
    ///
    /// @param goodbye how long those may take
    void stop(Duration goodbye) {
        try {
            requests.shutdown().get(goodbye.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException slow) {
            LOG.warn("some clients did not take the answer that the supervisor is restarting");
        }
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the MCP server could not stop: " + failed.getMessage(), failed);
        }
    }
}
