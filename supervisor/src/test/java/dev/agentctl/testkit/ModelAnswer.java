package dev.agentctl.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the scripted model answers to one request.
sealed interface ModelAnswer {
    /// A tool call; `arguments` is JSON.
    record Call(String tool, String arguments) implements ModelAnswer {}

    /// A text, streamed over `duration`.
    record Text(String text, Duration duration) implements ModelAnswer {}

    /// An HTTP error.
    ///
    /// @param resets for a usage limit: when it ends
    record Failure(int status, Optional<Duration> resets) implements ModelAnswer {
        String message() {
            return resets.map(time -> "Claude AI usage limit reached|"
                            + Instant.now().plus(time).getEpochSecond())
                    .orElse("scripted error " + status);
        }

        /// Anthropic's name for it; the OpenAI API's names are as good.
        String type() {
            return switch (status) {
                case 400 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 429 -> "rate_limit_error";
                case 529 -> "overloaded_error";
                default -> "api_error";
            };
        }
    }

    /// The answer that the prompt's script asks for at this step. Errands of the agent quote the prompt, so that their
    /// script words mean nothing: they get a title.
    static ModelAnswer to(ModelRequest request) {
        if (!request.isWork()) {
            return new Text("{\"title\":\"x\"}", Duration.ZERO);
        }
        Script script = Script.of(request.prompt());
        int step = request.step();
        if (step == 0 && script.error().isPresent()) {
            return new Failure(script.error().getAsInt(), script.resets());
        }
        if (step < script.calls().size()) {
            Script.ScriptCall call = script.calls().get(step);
            return new Call(call.tool(), call.arguments());
        }
        return new Text(finalText(request), step == 0 ? script.slow() : Duration.ZERO);
    }

    private static String finalText(ModelRequest request) {
        List<String> results = request.results();
        String result = results.isEmpty() ? "" : " | result: " + end(results.getLast());
        return "answer to: " + end(request.prompt()) + result;
    }

    private static String end(String text) {
        return text.length() <= 200 ? text : text.substring(text.length() - 200);
    }
}
