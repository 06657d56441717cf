package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does in front of the SDK's servlet what MCP over HTTP needs and the SDK leaves out: protocol versions are checked
/// (400), an MCP session belongs to the caller that opened it (404 for others), cancellation ends the wait it names,
/// and error bodies are JSON-RPC.
final class McpFilter extends HttpFilter {
    /// Enough for any text; files are named by path, not sent.
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(McpFilter.class);
    private static final String OPEN_CALL = McpFilter.class.getName() + ".call";
    /// What the SDK handles. It would log the whole of any other, which may be private.
    private static final Set<String> PASSED_ON =
            Set.of("notifications/initialized", "notifications/roots/list_changed");

    private final McpJsonMapper mapper;
    private final RpcErrors errors;
    private final List<String> versions;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 16;

    private final Instant started = Instant.now();
    private final CallJournal journal;
    private final BoundSessions sessions;
    private final OpenCalls calls;
    private final EventStreams streams;
    private final boolean asking;

    /// @param versions the protocol versions that the SDK speaks
    /// @param asking whether clients are asked back
    McpFilter(
            McpJsonMapper mapper,
            List<String> versions,
            CallJournal journal,
            OpenCalls calls,
            EventStreams streams,
            boolean asking) {
        this.mapper = mapper;
        this.errors = new RpcErrors(mapper);
        this.versions = List.copyOf(versions);
        this.journal = journal;
        this.sessions = new BoundSessions(journal);
        this.calls = calls;
        this.streams = streams;
        this.asking = asking;
    }

    /// The tool call that a request carries, for the SDK's handlers.
    static Optional<OpenCall> openCall(ServletRequest request) {
        return request.getAttribute(OPEN_CALL) instanceof OpenCall call ? Optional.of(call) : Optional.empty();
    }

    /// One HTTP exchange.
    ///
    /// @param session the client's MCP session id; empty where it has none yet
    private record Exchange(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Caller caller,
            String session) {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = new Exchange(
                request,
                response,
                chain,
                AccessFilter.caller(request),
                orEmpty(request.getHeader(HttpHeaders.MCP_SESSION_ID)));
        switch (request.getMethod()) {
            case "POST" -> post(exchange);
            case "GET" -> listen(exchange);
            case "DELETE" -> delete(exchange);
            default -> {
                response.setHeader("Allow", "GET, POST, DELETE");
                refuse(exchange, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "use POST, GET or DELETE");
            }
        }
    }

    private void listen(Exchange exchange) throws IOException, ServletException {
        if (!mayGoOn(exchange)) {
            return;
        }
        String lastEvent = exchange.request.getHeader(HttpHeaders.LAST_EVENT_ID);
        Optional<CallJournal.WaitingCall> lost = Optional.ofNullable(lastEvent)
                .flatMap(id -> journal.call(EventIds.keyOf(id)))
                .filter(call -> call.caller().equals(exchange.caller)
                        && call.mcpSession().equals(exchange.session));
        if (lost.isPresent()) {
            goOn(exchange, lost.get());
        } else {
            serve(exchange, "", () -> complete(exchange.request));
        }
    }

    /// Makes a call again whose client lost its stream. The tools know repeated calls by their keys, so that it goes on
    /// with the same wait, or gets the same answer.
    private void goOn(Exchange exchange, CallJournal.WaitingCall lost) throws IOException, ServletException {
        if (RpcMessage.parse(mapper, lost.message()) instanceof RpcMessage.Request(Object id, String _)) {
            calls.supersede(exchange.session, id);
            call(
                    exchange,
                    lost.message(),
                    new OpenCall(exchange.caller, exchange.session, id, lost.key(), lost.since()));
        }
    }

    private static void complete(HttpServletRequest request) {
        try {
            request.getAsyncContext().complete();
        } catch (IllegalStateException over) {
            LOG.debug("the stream had ended already");
        }
    }

    private void delete(Exchange exchange) throws IOException, ServletException {
        if (mayGoOn(exchange)) {
            serve(exchange, "", StreamListener.NONE);
            sessions.forget(exchange.session);
        }
    }

    private void post(Exchange exchange) throws IOException, ServletException {
        switch (RequestBody.read(exchange.request, MOST_BYTES)) {
            case RequestBody.TooLarge() -> {
                refuse(
                        exchange,
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "the body is larger than " + MOST_BYTES + " bytes");
                RequestBody.drop(exchange.request, exchange.response);
            }
            case RequestBody.NotText() -> refuse(exchange, HttpServletResponse.SC_BAD_REQUEST, "the body is not UTF-8");
            case RequestBody.Text(var body) -> post(exchange, body);
        }
    }

    private void post(Exchange exchange, String body) throws IOException, ServletException {
        switch (RpcMessage.parse(mapper, body)) {
            case RpcMessage.Malformed(var id, int code, var message) ->
                badRequest(exchange, id.orElse(null), code, message);
            case RpcMessage.Request(var id, var method)
            when method.equals("server/discover") ->
                // the newer protocol's first question; this answer makes a client fall back to initialize
                badRequest(exchange, id, RpcErrors.METHOD_NOT_FOUND, "this server wants initialize first");
            case RpcMessage.Request(var id, var method) when method.equals("tools/call") -> call(exchange, body, id);
            case RpcMessage.Notification notification -> take(exchange, body, notification);
            case RpcMessage.Request _ -> {
                if (mayGoOn(exchange)) {
                    serve(exchange, body, StreamListener.NONE);
                }
            }
            case RpcMessage.Response _
            when asking -> {
                if (mayGoOn(exchange)) {
                    serve(exchange, body, StreamListener.NONE);
                }
            }
            // the SDK would report an answer to a question that nobody asked as an error
            case RpcMessage.Response _ -> exchange.response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
    }

    private void call(Exchange exchange, String body, Object id) throws IOException, ServletException {
        if (!mayGoOn(exchange)) {
            return;
        }
        call(exchange, body, new OpenCall(exchange.caller, exchange.session, id, newKey(), Instant.now()));
    }

    private void call(Exchange exchange, String body, OpenCall call) throws IOException, ServletException {
        GuardedResponse response = guarded(exchange, body, new CallListener(call));
        call.outlives(() -> keep(call, body, response), response::endStream, response::knock);
        exchange.request.setAttribute(OPEN_CALL, call);
        calls.open(call);
        try {
            pass(exchange, "POST", body, response);
        } finally {
            calls.close(call);
        }
    }

    private record CallListener(OpenCall call) implements StreamListener {
        @Override
        public void clientGone() {
            call.end(OpenCall.Ending.CLIENT_GONE);
        }

        @Override
        public void wrote() {
            call.wrote();
        }
    }

    /// Makes a call that begins to wait outlive this process.
    private boolean keep(OpenCall call, String body, GuardedResponse response) {
        Instant now = Instant.now();
        try {
            journal.callWaits(
                    new CallJournal.WaitingCall(call.key(), call.caller(), call.mcpSession(), body, call.since()));
        } catch (RuntimeException notStored) {
            LOG.warn(
                    "a waiting call of {} will not survive a restart",
                    call.caller().session());
            return false;
        }
        response.number(new EventIds(call.key(), now.toEpochMilli()));
        return true;
    }

    private static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void take(Exchange exchange, String body, RpcMessage.Notification notification)
            throws IOException, ServletException {
        if (!mayGoOn(exchange)) {
            return;
        }
        if (exchange.session.isBlank() || PASSED_ON.contains(notification.method())) {
            serve(exchange, body, StreamListener.NONE);
            return;
        }
        exchange.response.setStatus(HttpServletResponse.SC_ACCEPTED);
        if (notification.cancelledRequest().isPresent()) {
            cancel(exchange, notification.cancelledRequest().get());
        }
    }

    private void cancel(Exchange exchange, Object id) throws IOException, ServletException {
        List<String> known = calls.cancel(exchange.session, id);
        known.forEach(this::forget);
        if (known.isEmpty()) {
            for (CallJournal.WaitingCall call : journal.calls(exchange.session)) {
                if (isLost(call, exchange.caller, id)) {
                    giveUp(exchange, call, id);
                }
            }
        }
    }

    /// Whether it is this call of a caller, made in the former process.
    private boolean isLost(CallJournal.WaitingCall call, Caller caller, Object id) {
        return call.since().isBefore(started)
                && call.caller().equals(caller)
                && RpcMessage.parse(mapper, call.message()) instanceof RpcMessage.Request(Object same, String _)
                && same.equals(id);
    }

    /// Ends a call of the former process that its client did not take up again: made once more it is over before it
    /// waits, and what it was given goes back.
    private void giveUp(Exchange exchange, CallJournal.WaitingCall lost, Object id)
            throws IOException, ServletException {
        OpenCall call = new OpenCall(lost.caller(), lost.mcpSession(), id, lost.key(), lost.since());
        call.end(OpenCall.Ending.CANCELLED);
        exchange.request.setAttribute(OPEN_CALL, call);
        String inner = sessions.inner(exchange.session, exchange.caller).orElse("");
        exchange.chain.doFilter(
                new ReplayedRequest(exchange.request, "POST", inner, lost.message(), () -> {}),
                new Revival(exchange.response));
        forget(lost.key());
    }

    private void forget(String key) {
        try {
            journal.callCancelled(key);
        } catch (RuntimeException notStored) {
            LOG.warn("a cancelled call is still remembered as one that waits");
        }
    }

    /// Checks the headers that say how the caller speaks and which MCP session is meant; answers when they are wrong.
    private boolean mayGoOn(Exchange exchange) throws IOException, ServletException {
        String version = exchange.request.getHeader(HttpHeaders.PROTOCOL_VERSION);
        if (version != null && !versions.contains(version)) {
            String spoken = String.join(", ", versions);
            refuse(
                    exchange,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "unsupported MCP-Protocol-Version; this server speaks " + spoken);
            return false;
        }
        if (!exchange.session.isBlank() && innerSession(exchange).isEmpty()) {
            refuse(exchange, HttpServletResponse.SC_NOT_FOUND, "no such MCP session: initialize again");
            return false;
        }
        return true;
    }

    /// Lets the SDK answer.
    ///
    /// @param listener of the exchange's event stream, if it becomes one
    private void serve(Exchange exchange, String body, StreamListener listener) throws IOException, ServletException {
        pass(exchange, exchange.request.getMethod(), body, guarded(exchange, body, listener));
    }

    private GuardedResponse guarded(Exchange exchange, String body, StreamListener listener) {
        return new GuardedResponse(
                exchange.response,
                errors,
                streams,
                session -> sessions.bind(new CallJournal.OpenedSession(session, exchange.caller, body)),
                listener);
    }

    private void pass(Exchange exchange, String method, String body, GuardedResponse response)
            throws IOException, ServletException {
        String inner = sessions.inner(exchange.session, exchange.caller).orElse("");
        exchange.chain.doFilter(
                new ReplayedRequest(exchange.request, method, inner, body, response::endStream), response);
    }

    /// What the SDK calls the exchange's session. One of the former process is opened again behind the client's back.
    private Optional<String> innerSession(Exchange exchange) throws IOException, ServletException {
        Optional<String> known = sessions.inner(exchange.session, exchange.caller);
        Optional<CallJournal.OpenedSession> remembered =
                known.isPresent() ? Optional.empty() : sessions.remembered(exchange.session, exchange.caller);
        if (remembered.isEmpty()) {
            return known;
        }
        Revival revival = new Revival(exchange.response);
        String initialize = remembered.get().initialize();
        exchange.chain.doFilter(new ReplayedRequest(exchange.request, "POST", "", initialize, () -> {}), revival);
        revival.session().ifPresent(inner -> sessions.bind(exchange.session, exchange.caller, inner));
        return revival.session();
    }

    private void refuse(Exchange exchange, int status, String message) throws IOException {
        errors.write(exchange.response, status, RpcErrors.REFUSED, message);
    }

    private void badRequest(Exchange exchange, @Nullable Object id, int code, String message) throws IOException {
        errors.write(exchange.response, HttpServletResponse.SC_BAD_REQUEST, id, code, message);
    }

    private static String orEmpty(@Nullable String header) {
        return header == null ? "" : header;
    }
}
