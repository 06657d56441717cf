package dev.agentctl.tools;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the SDK's servlet writes to. It learns new MCP session ids on their way out, sends event streams at once
/// instead of at their first event, and replaces the SDK's error bodies, which hold a stack trace.
final class GuardedResponse extends HttpServletResponseWrapper {
    static final String SESSION_HEADER = "Mcp-Session-Id";

    private final RpcErrors errors;
    private final EventStreams streams;
    private final Consumer<String> newSession;
    private final StreamListener listener;

    private volatile @Nullable EventStream stream;

    /// @param newSession takes the id of a session that was just opened
    /// @param listener of the event stream, if it becomes one
    GuardedResponse(
            HttpServletResponse response,
            RpcErrors errors,
            EventStreams streams,
            Consumer<String> newSession,
            StreamListener listener) {
        super(response);
        this.errors = errors;
        this.streams = streams;
        this.newSession = newSession;
        this.listener = listener;
    }

    @Override
    public void setHeader(String name, String value) {
        if (SESSION_HEADER.equalsIgnoreCase(name) && value != null) {
            newSession.accept(value);
        }
        super.setHeader(name, value);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (getStatus() >= SC_BAD_REQUEST) {
            sendError(getStatus());
            return new PrintWriter(Writer.nullWriter());
        }
        String type = getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
                ? openStream()
                : super.getWriter();
    }

    private PrintWriter openStream() throws IOException {
        super.setHeader("X-Accel-Buffering", "no");
        EventStream opened = new EventStream(getOutputStream(), listener);
        stream = opened;
        streams.add(opened);
        // Claude Code gives up on a POST whose header has not come after 60 s
        opened.comment();
        return new PrintWriter(opened);
    }

    /// Lets the client ask another process for what is missing of the stream.
    void number(EventIds ids) {
        EventStream open = stream;
        if (open != null) {
            open.number(ids);
        }
    }

    /// Finds out whether the client of an event stream is still there, as far as that can be known.
    void knock() {
        EventStream open = stream;
        if (open != null) {
            open.knock();
        }
    }

    /// Stops writing; called when the exchange is over.
    void endStream() {
        EventStream ending = stream;
        if (ending != null) {
            streams.remove(ending);
            ending.close();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        errors.write((HttpServletResponse) getResponse(), status, codeOf(status), reasonOf(status));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    private static int codeOf(int status) {
        return status >= SC_INTERNAL_SERVER_ERROR ? RpcErrors.INTERNAL_ERROR : RpcErrors.INVALID_REQUEST;
    }

    private static String reasonOf(int status) {
        return switch (status) {
            case SC_BAD_REQUEST ->
                "bad request: send Accept: application/json, text/event-stream and the Mcp-Session-Id of initialize";
            case SC_NOT_FOUND -> "no such MCP session: initialize again";
            case SC_UNSUPPORTED_MEDIA_TYPE -> "the Content-Type must be application/json";
            case SC_SERVICE_UNAVAILABLE -> "supervisor restarting, call again";
            default -> "HTTP status " + status;
        };
    }
}
