package dev.agentctl.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
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

    /// An answer to a request of ours. We send none.
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
        return fields == null ? malformed(RpcErrors.PARSE_ERROR, "the body is empty") : of(mapper, fields);
    }

    private static RpcMessage of(McpJsonMapper mapper, Map<String, @Nullable Object> fields) {
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
        Object params = fields.get("params");
        return id == null ? new Notification(method, cancelled(params)) : request(mapper, id, method, params);
    }

    /// Checks the shape of a request's parameters. What the SDK cannot read it logs or answers with the text of the
    /// exception, which quotes what was sent.
    private static RpcMessage request(McpJsonMapper mapper, Object id, String method, @Nullable Object params) {
        if (params != null && !(params instanceof Map<?, ?>)) {
            return new Malformed(Optional.of(id), RpcErrors.INVALID_PARAMS, "the params of a request are an object");
        }
        try {
            return fits(mapper, method, params)
                    ? new Request(id, method)
                    : new Malformed(Optional.of(id), RpcErrors.INVALID_PARAMS, method + " lacks a required parameter");
        } catch (RuntimeException wrongType) {
            return new Malformed(
                    Optional.of(id), RpcErrors.INVALID_PARAMS, "a parameter of " + method + " has the wrong type");
        }
    }

    private static boolean fits(McpJsonMapper mapper, String method, @Nullable Object params) {
        return switch (method) {
            case McpSchema.METHOD_INITIALIZE ->
                params != null
                        && mapper.convertValue(params, McpSchema.InitializeRequest.class)
                                        .protocolVersion()
                                != null;
            case McpSchema.METHOD_TOOLS_CALL ->
                params instanceof Map<?, ?> call
                        && call.get("name") instanceof String
                        && mapper.convertValue(params, McpSchema.CallToolRequest.class) != null;
            default -> true;
        };
    }

    private static Optional<Object> cancelled(@Nullable Object params) {
        return params instanceof Map<?, ?> named ? Optional.ofNullable(named.get("requestId")) : Optional.empty();
    }

    private static Malformed malformed(int code, String message) {
        return new Malformed(Optional.empty(), code, message);
    }
}
