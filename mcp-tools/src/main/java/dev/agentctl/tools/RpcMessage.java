package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the filter has to know of a JSON-RPC message before the SDK reads it.
sealed interface RpcMessage {
    /// A request that wants an answer.
    ///
    /// @param id a string or a number
    record Request(Object id, String method) implements RpcMessage {}

    /// A notification; `cancelledRequest` is what `notifications/cancelled` names.
    record Notification(String method, Optional<Object> cancelledRequest) implements RpcMessage {}

    /// An answer to a request of ours.
    record Response() implements RpcMessage {}

    /// Nothing that can be served.
    ///
    /// @param id of the request, where one could be read
    /// @param code the JSON-RPC error code to answer with
    record Malformed(Optional<Object> id, int code, String message) implements RpcMessage {}

    static RpcMessage parse(McpJsonMapper mapper, String json) {
        Map<String, @Nullable Object> fields;
        try {
            fields = mapper.readValue(json, new TypeRef<>() {});
        } catch (IOException | RuntimeException notJson) {
            // the mapper's message may quote what was sent
            return malformed(RpcErrors.PARSE_ERROR, "the body is not one JSON object");
        }
        return fields == null ? malformed(RpcErrors.PARSE_ERROR, "the body is empty") : of(fields);
    }

    private static RpcMessage of(Map<String, @Nullable Object> fields) {
        if (!"2.0".equals(fields.get("jsonrpc"))) {
            return malformed(RpcErrors.INVALID_REQUEST, "not a JSON-RPC 2.0 message");
        }
        Object id = fields.get("id");
        if (id != null && !(id instanceof String || id instanceof Number)) {
            return malformed(RpcErrors.INVALID_REQUEST, "the id of a request is a string or a number");
        }
        if (!(fields.get("method") instanceof String method)) {
            return fields.containsKey("result") || fields.containsKey("error")
                    ? new Response()
                    : malformed(RpcErrors.INVALID_REQUEST, "the message has no method");
        }
        return id == null
                ? new Notification(method, cancelled(fields.get("params")))
                : request(id, method, fields.get("params"));
    }

    /// The SDK answers a call without a name with the text of a NullPointerException.
    private static RpcMessage request(Object id, String method, @Nullable Object params) {
        if (method.equals("tools/call")
                && !(params instanceof Map<?, ?> call
                        && call.get("name") instanceof String
                        && (call.get("arguments") == null || call.get("arguments") instanceof Map<?, ?>))) {
            return new Malformed(
                    Optional.of(id), RpcErrors.INVALID_PARAMS, "tools/call needs a name and an object of arguments");
        }
        return new Request(id, method);
    }

    private static Optional<Object> cancelled(@Nullable Object params) {
        return params instanceof Map<?, ?> named ? Optional.ofNullable(named.get("requestId")) : Optional.empty();
    }

    private static Malformed malformed(int code, String message) {
        return new Malformed(Optional.empty(), code, message);
    }
}
