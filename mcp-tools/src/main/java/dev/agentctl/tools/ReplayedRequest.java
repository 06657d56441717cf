package dev.agentctl.tools;

import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request whose body was read by the filter, or comes from one of an earlier connection, as the SDK is to see it. It
/// also tells when its asynchronous part ends.
final class ReplayedRequest extends HttpServletRequestWrapper {
    private static final String JSON = "application/json";
    private static final String ACCEPT = "application/json, text/event-stream";

    private final String method;
    private final String session;
    private final String body;
    private final Runnable asyncEnded;

    /// @param method to act as, which need not be the request's own
    /// @param session the SDK's own id of the MCP session; empty before there is one
    /// @param asyncEnded runs once the exchange is over, before its connection serves another
    ReplayedRequest(HttpServletRequest request, String method, String session, String body, Runnable asyncEnded) {
        super(request);
        this.method = method;
        this.session = session;
        this.body = body;
        this.asyncEnded = asyncEnded;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (HttpHeaders.MCP_SESSION_ID.equalsIgnoreCase(name)) {
            return session.isEmpty() ? null : session;
        }
        if (HttpHeaders.LAST_EVENT_ID.equalsIgnoreCase(name)) {
            // the SDK has no memory of events, and would hold the stream open for nothing
            return null;
        }
        if (acts() && HttpHeaders.ACCEPT.equalsIgnoreCase(name)) {
            return ACCEPT;
        }
        return acts() && HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? JSON : super.getHeader(name);
    }

    @Override
    public @Nullable String getContentType() {
        return acts() ? JSON : super.getContentType();
    }

    /// Whether it is another request than the client has sent.
    private boolean acts() {
        return !method.equals(super.getMethod());
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new StringReader(body));
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Replay(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public AsyncContext startAsync() {
        AsyncContext async = super.startAsync();
        async.addListener(new EndListener(asyncEnded));
        return async;
    }

    private static final class Replay extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Replay(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is here already; read it");
        }
    }

    private record EndListener(Runnable ended) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            ended.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            ended.run();
        }

        @Override
        public void onError(AsyncEvent event) {
            ended.run();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // the exchange goes on
        }
    }
}
