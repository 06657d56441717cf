package dev.agentctl.tools;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lets an operator's own clients in by their tokens, before anything of a request is read. Who has none is told where
/// to look for one (RFC 9728, section 5.1).
final class RemoteAccess extends HttpFilter {
    /// A proxy on this machine says for whom it asks; nobody else does.
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP");

    private final RemoteAddress address;
    private final Guests guests;
    private final RpcErrors errors;

    RemoteAccess(RemoteAddress address, Guests guests, RpcErrors errors) {
        this.address = address;
        this.guests = guests;
        this.errors = errors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int port = request.getLocalPort();
        if (!address.hosts(port).contains(header(request, "Host"))) {
            errors.write(response, 421, RpcErrors.REFUSED, "the Host header does not name this server");
            return;
        }
        if (request.getHeader("Origin") != null && !address.origins(port).contains(header(request, "Origin"))) {
            errors.write(response, HttpServletResponse.SC_FORBIDDEN, RpcErrors.REFUSED, "this Origin is not allowed");
            return;
        }
        Optional<Guest> guest = AccessFilter.token(request).flatMap(guests::of);
        guest.ifPresent(known -> AccessFilter.letIn(request, known.caller()));
        if (guest.isEmpty() && !isOpen(request, port)) {
            challenge(request, response, port);
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isOpen(HttpServletRequest request, int port) {
        String path = String.valueOf(request.getRequestURI());
        return switch (path) {
            case ProbeServlet.HEALTH, ProbeServlet.READY -> true;
            case ProbeServlet.METRICS -> isLocal(request, port);
            default -> path.startsWith(RemoteAddress.METADATA);
        };
    }

    private boolean isLocal(HttpServletRequest request, int port) throws IllegalArgumentException {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
                && address.ours(port).contains(header(request, "Host"))
                && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null);
    }

    private void challenge(HttpServletRequest request, HttpServletResponse response, int port) throws IOException {
        String error = AccessFilter.token(request).isPresent() ? "error=\"invalid_token\", " : "";
        response.setHeader(
                "WWW-Authenticate",
                "Bearer " + error + "scope=\"read\", resource_metadata=\"" + address.metadata(port) + "\"");
        errors.write(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                RpcErrors.REFUSED,
                "send a token as bearer token; the operator makes one with: agentctl token create NAME");
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
