package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes errors of the HTTP level as JSON-RPC errors: one line, no stack trace.
///
/// The codes are those of JSON-RPC 2.0, section 5.1, and of its range for servers.
record RpcErrors(McpJsonMapper mapper) {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int REFUSED = -32000;

    /// Answers with an error that belongs to no request.
    void write(HttpServletResponse response, int status, int code, String message) throws IOException {
        write(response, status, null, code, message);
    }

    /// Answers the request of that id; does nothing when an answer has begun already.
    void write(HttpServletResponse response, int status, @Nullable Object id, int code, String message)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("jsonrpc", "2.0");
        body.put("id", id);
        body.put("error", Map.of("code", code, "message", message));
        byte[] json = mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
