package dev.agentctl.tools;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the SDK's answer to a message that we repeat for a client of the former process. The client gets nothing of
/// it.
final class Revival extends HttpServletResponseWrapper {
    private @Nullable String session;
    private int status = SC_OK;

    Revival(HttpServletResponse response) {
        super(response);
    }

    /// The SDK's id of the new session; empty where it refused.
    Optional<String> session() {
        return status == SC_OK ? Optional.ofNullable(session) : Optional.empty();
    }

    @Override
    public void setHeader(String name, String value) {
        if (GuardedResponse.SESSION_HEADER.equalsIgnoreCase(name)) {
            session = value;
        }
    }

    @Override
    public void setStatus(int status) {
        this.status = status;
    }

    @Override
    public void sendError(int status) {
        this.status = status;
    }

    @Override
    public void sendError(int status, String message) {
        this.status = status;
    }

    @Override
    public void setContentType(String type) {}

    @Override
    public void setCharacterEncoding(String encoding) {}

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Nowhere();
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int b) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("nothing is written here");
        }
    }
}
