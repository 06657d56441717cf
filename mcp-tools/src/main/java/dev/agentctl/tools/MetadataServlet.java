package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells clients what opens the server (RFC 9728), so that an external authorization server can be put before it.
final class MetadataServlet extends HttpServlet {
    private final RemoteAddress address;
    private final McpJsonMapper mapper;

    MetadataServlet(RemoteAddress address, McpJsonMapper mapper) {
        this.address = address;
        this.mapper = mapper;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("resource", address.resource(request.getLocalPort()));
        if (!address.authorizationServers().isEmpty()) {
            document.put(
                    "authorization_servers",
                    address.authorizationServers().stream().map(URI::toString).toList());
        }
        document.put("scopes_supported", List.of("read", "write"));
        document.put("bearer_methods_supported", List.of("header"));
        document.put("resource_name", "agentctl");
        byte[] json = mapper.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
