package dev.agentctl.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/// Calls of the Bot API other than polls, one at a time. Nothing is ever repeated by itself. Any thread may call.
final class BotApi {
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final TelegramSettings settings;
    private final OkHttpClient client;
    private final OkHttpTelegramClient calls;
    private final OkHttpTelegramClient uploads;
    private final ObjectMapper json = new ObjectMapper();
    private final BodyWatch body = new BodyWatch();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    BotApi(TelegramSettings settings) {
        this.settings = settings;
        client = HttpClients.plain()
                .eventListener(body)
                .readTimeout(CALL)
                .callTimeout(CALL)
                .build();
        calls = client(client);
        uploads = client(client.newBuilder().callTimeout(UPLOAD).build());
    }

    ApiAnswer call(String method, Map<String, Object> parameters) throws InterruptedException {
        return await(() -> calls.executeAsync(new JsonMethod(method, parameters)), Optional::of);
    }

    ApiAnswer upload(DocumentUpload document) throws InterruptedException {
        return await(() -> uploads.executeAsync(document), _ -> Optional.of(document.answer()));
    }

    /// Ends the open call, so that its caller gets an answer at once, and all threads.
    void close() {
        HttpClients.close(client);
    }

    private OkHttpTelegramClient client(OkHttpClient http) {
        return new OkHttpTelegramClient(json, http, settings.token(), HttpClients.url(settings));
    }

    private <T extends Serializable> ApiAnswer await(Start<T> start, Function<T, Optional<String>> raw)
            throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            body.forget();
            return raw.apply(start.begin().get()).map(this::read).orElseThrow();
        } catch (ExecutionException e) {
            String why = reason(e.getCause() == null ? e : e.getCause());
            return body.hasLeft() ? new ApiAnswer.NoAnswer(why) : new ApiAnswer.NotSent(why);
        } catch (TelegramApiException e) {
            return new ApiAnswer.NotSent(reason(e));
        } finally {
            oneAtATime.unlock();
        }
    }

    private ApiAnswer read(String raw) {
        try {
            JsonNode answer = json.readTree(raw);
            if (answer.path("ok").asBoolean(false)) {
                return new ApiAnswer.Done(answer.path("result"));
            }
            return answer.has("error_code") ? refused(answer) : new ApiAnswer.Garbled("an answer that is none");
        } catch (JsonProcessingException _) {
            return new ApiAnswer.Garbled("an answer that is no JSON");
        }
    }

    private ApiAnswer refused(JsonNode answer) {
        JsonNode parameters = answer.path("parameters");
        return new ApiAnswer.Refused(
                answer.path("error_code").asInt(),
                settings.redact(answer.path("description").asText("")),
                Optional.of(parameters.path("retry_after"))
                        .filter(JsonNode::isNumber)
                        .map(seconds -> Duration.ofSeconds(seconds.asLong())),
                Optional.of(parameters.path("migrate_to_chat_id"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::asLong));
    }

    private String reason(Throwable failure) {
        return HttpClients.reason(failure, settings);
    }

    /// Begins a call.
    @FunctionalInterface
    private interface Start<T> {
        CompletableFuture<T> begin() throws TelegramApiException;
    }
}
