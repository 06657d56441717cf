package dev.agentctl.testkit;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of HTTP errors, as each API words them.
final class ModelError {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ModelError() {}

    static String anthropic(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.putObject("error").put("type", type(failure.status())).put("message", message(failure));
        return body.toString();
    }

    static String openai(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", message(failure))
                .put("type", type(failure.status()))
                .put("code", type(failure.status()));
        return body.toString();
    }

    private static String message(ModelAnswer.Failure failure) {
        return "scripted error " + failure.status();
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
    }
}
