package dev.agentctl.testkit.telegram;

import java.time.Duration;
import java.util.Optional;

/// What the server answers instead of a result.
final class ApiError extends Exception {
    private final int code;
    private final String description;
    private final Optional<Duration> retryAfter;

    private ApiError(int code, String description, Optional<Duration> retryAfter) {
        super(code + " " + description);
        this.code = code;
        this.description = description;
        this.retryAfter = retryAfter;
    }

    static ApiError of(int code, String description) {
        return new ApiError(code, description, Optional.empty());
    }

    static ApiError badRequest(String description) {
        return of(400, "Bad Request: " + description);
    }

    static ApiError tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new ApiError(429, "Too Many Requests: retry after " + seconds, Optional.of(Duration.ofSeconds(seconds)));
    }

    int code() {
        return code;
    }

    String description() {
        return description;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
