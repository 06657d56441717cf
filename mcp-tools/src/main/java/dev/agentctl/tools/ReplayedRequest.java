package dev.agentctl.tools;

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

/// A request whose body was read by the filter and can be read again; it also tells when its asynchronous part ends.
final class ReplayedRequest extends HttpServletRequestWrapper {
    private final String body;
    private final Runnable asyncEnded;

    /// @param asyncEnded runs once the exchange is over, before its connection serves another
    ReplayedRequest(HttpServletRequest request, String body, Runnable asyncEnded) {
        super(request);
        this.body = body;
        this.asyncEnded = asyncEnded;
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
