package dev.agentctl.tools;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets in only those who name this host and prove who they are, before anything of a request is read.
///
/// Loopback alone keeps nobody out: a page in a local browser reaches it too. Hence Host (against DNS rebinding,
/// 421) and Origin (403), as MCP 2025-11-25 asks; the bearer token then says which session's agent is calling (401).
final class AccessFilter extends HttpFilter {
    private static final String CALLER = AccessFilter.class.getName() + ".caller";
    private static final String SCHEME = "bearer ";
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

    private final Callers callers;
    private final RpcErrors errors;

    AccessFilter(Callers callers, RpcErrors errors) {
        this.callers = callers;
        this.errors = errors;
    }

    /// Who sent a request that this filter let through.
    static Caller caller(ServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request did not pass the access filter");
    }

    /// Says who sent a request.
    static void letIn(ServletRequest request, Caller caller) {
        request.setAttribute(CALLER, caller);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!isOurs(request.getHeader("Host"), "", request.getLocalPort())) {
            errors.write(response, 421, RpcErrors.REFUSED, "the Host header does not name this server");
            return;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOurs(origin, "http://", request.getLocalPort())) {
            errors.write(response, HttpServletResponse.SC_FORBIDDEN, RpcErrors.REFUSED, "this Origin is not allowed");
            return;
        }
        Optional<Caller> caller = token(request).flatMap(callers::of);
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            errors.write(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    RpcErrors.REFUSED,
                    "send the AGENTCTL_TOKEN of a running session as bearer token");
            return;
        }
        letIn(request, caller.get());
        chain.doFilter(request, response);
    }

    private static boolean isOurs(@Nullable String value, String scheme, int port) {
        return value != null && HOSTS.stream().anyMatch(host -> value.equalsIgnoreCase(scheme + host + ":" + port));
    }

    /// The bearer token of a request, whoever knows it.
    static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }
}
