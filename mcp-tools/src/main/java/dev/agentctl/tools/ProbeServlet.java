package dev.agentctl.tools;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What watches the supervisor: is it there, can it work, and its figures.
final class ProbeServlet extends HttpServlet {
    static final String HEALTH = "/healthz";
    static final String READY = "/readyz";
    static final String METRICS = "/metrics";

    private static final Logger LOG = LoggerFactory.getLogger(ProbeServlet.class);

    private final RemoteSite site;

    ProbeServlet(RemoteSite site) {
        this.site = site;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getServletPath()) {
                case METRICS ->
                    write(response, HttpServletResponse.SC_OK, site.metrics().get());
                case READY -> ready(response);
                default -> write(response, HttpServletResponse.SC_OK, "ok\n");
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "{} failed: {}", request.getServletPath(), failed.getClass().getName());
            write(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "failed; see supervisor.log\n");
        }
    }

    private void ready(HttpServletResponse response) throws IOException {
        if (site.ready().getAsBoolean()) {
            write(response, HttpServletResponse.SC_OK, "ready\n");
        } else {
            write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "not ready: the host does not answer\n");
        }
    }

    private static void write(HttpServletResponse response, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
