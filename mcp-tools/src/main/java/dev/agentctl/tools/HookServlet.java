package dev.agentctl.tools;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the HTTP hooks of agents: `POST /hook/{event}`, answered when the receiver has decided.
///
/// While it decides an empty line goes out every 2 s. A hook whose agent has ended it can no longer take them: that
/// is how a dialog that a person refuses at the terminal is noticed, for which agents have no event.
///
/// Agents fail open: any answer but 200 with a decision lets them carry on as if there were no hook.
final class HookServlet extends HttpServlet {
    /// One session's hooks that may be undecided at the same time.
    static final int MOST_OPEN = 64;

    private static final long BEAT_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(HookServlet.class);
    private static final Pattern EVENT = Pattern.compile("/[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final HookReceiver receiver;
    private final RpcErrors errors;
    private final Quota quota = new Quota(MOST_OPEN);
    private final Map<Object, CompletableFuture<String>> open = new ConcurrentHashMap<>();
    private volatile boolean closing;

    HookServlet(HookReceiver receiver, RpcErrors errors) {
        this.receiver = receiver;
        this.errors = errors;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null || !EVENT.matcher(path).matches()) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "post to /hook/EVENT");
            return;
        }
        Caller caller = AccessFilter.caller(request);
        if (!quota.take(caller)) {
            refuse(response, 429, MOST_OPEN + " hooks of this session are undecided already");
            return;
        }
        try {
            receive(caller, path.substring(1), request, response);
        } finally {
            quota.release(caller);
        }
    }

    private void receive(Caller caller, String event, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (RequestBody.read(request, HookCall.MOST_BYTES)) {
            case RequestBody.TooLarge() -> {
                refuse(
                        response,
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "the body is larger than " + HookCall.MOST_BYTES + " bytes");
                RequestBody.drop(request, response);
            }
            case RequestBody.NotText() -> refuse(response, HttpServletResponse.SC_BAD_REQUEST, "the body is not UTF-8");
            case RequestBody.Text(var json) -> {
                String key = Objects.requireNonNullElse(request.getHeader("Idempotency-Key"), "");
                answer(caller, new HookCall(event, key, json), response);
            }
        }
    }

    private void answer(Caller caller, HookCall call, HttpServletResponse response) throws IOException {
        byte[] body;
        try {
            body = decide(caller, call, response).getBytes(StandardCharsets.UTF_8);
        } catch (HookGone _) {
            return;
        } catch (RuntimeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            // its class, not its message, which may quote the agent
            String kind = cause.getClass().getName();
            LOG.warn("hook {} of {} failed: {}", call.event(), caller.session(), kind);
            refuse(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "the supervisor could not take this hook");
            return;
        }
        response.setContentType("application/json");
        if (!response.isCommitted()) {
            response.setContentLength(body.length);
        }
        response.getOutputStream().write(body);
    }

    private String decide(Caller caller, HookCall call, HttpServletResponse response) {
        CompletableFuture<String> decision = receiver.receive(caller, call).toCompletableFuture();
        Object hook = new Object();
        open.put(hook, decision);
        try {
            if (closing) {
                decision.cancel(true);
            }
            while (!isDone(decision)) {
                beat(decision, response);
            }
            return decision.join();
        } catch (CancellationException withdrawn) {
            return "";
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof CancellationException) {
                return "";
            }
            throw failed;
        } finally {
            open.remove(hook);
        }
    }

    private static boolean isDone(CompletableFuture<String> decision) {
        try {
            decision.get(BEAT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException | CancellationException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            decision.cancel(true);
            return true;
        }
    }

    private static void beat(CompletableFuture<String> decision, HttpServletResponse response) {
        try {
            response.setContentType("application/json");
            response.getOutputStream().write('\n');
            response.flushBuffer();
        } catch (IOException _) {
            HookGone gone = new HookGone();
            decision.completeExceptionally(gone);
            throw gone;
        }
    }

    /// Answers every open hook, now and later, with an empty body, because we are being stopped.
    void endAll() {
        closing = true;
        open.values().forEach(decision -> decision.cancel(true));
    }

    private void refuse(HttpServletResponse response, int status, String message) throws IOException {
        errors.write(response, status, RpcErrors.REFUSED, message);
    }
}
