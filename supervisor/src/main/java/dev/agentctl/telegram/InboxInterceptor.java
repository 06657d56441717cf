package dev.agentctl.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;

/// Takes every update out of the library's hands: it stores the raw updates and the next offset in one transaction
/// and shows the library an empty answer. So no update can be lost in memory, stop the loop by being unreadable, or
/// vanish because its id is lower than the last.
///
/// If the store fails, the library sees a broken connection; it polls again, and the server delivers again.
final class InboxInterceptor implements Interceptor {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int CONFLICT = 409;
    private static final String NOTHING = "{\"ok\":true,\"result\":[]}";

    private final TelegramSettings settings;
    private final Inbox inbox;
    private final PollBackOff backOff;
    private final Health health;
    private final Runnable arrived;
    private final Rivals rivals;
    private final Absence absence;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();
    private volatile Instant quietUntil;
    private volatile boolean webhookFound;

    @GuardedBy("this")
    private boolean closed;

    InboxInterceptor(
            TelegramSettings settings,
            Inbox inbox,
            PollBackOff backOff,
            Health health,
            Runnable arrived,
            Rivals rivals,
            Absence absence,
            InstantSource clock) {
        this.settings = settings;
        this.inbox = inbox;
        this.backOff = backOff;
        this.health = health;
        this.arrived = arrived;
        this.rivals = rivals;
        this.absence = absence;
        this.clock = clock;
        quietUntil = clock.instant();
    }

    /// When a poll last finished, or until when the server wants to be left alone: silence is expected until then.
    Instant quietUntil() {
        return quietUntil;
    }

    /// Polling starts anew now, and gets its time.
    void quietFromNow() {
        quietUntil = clock.instant();
    }

    /// Whether a poll was refused because of a webhook since the last call of this.
    boolean takeWebhookFound() {
        boolean found = webhookFound;
        webhookFound = false;
        return found;
    }

    /// From now on nothing is stored, for nobody would handle it; the server delivers it to the next poll.
    synchronized void close() {
        closed = true;
    }

    private synchronized void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("polling has ended");
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        requireOpen();
        List<String> path = chain.request().url().pathSegments();
        boolean isPoll = path.getLast().toLowerCase(Locale.ROOT).equals("getupdates");
        try {
            Response response = chain.proceed(chain.request());
            try (ResponseBody body = response.body()) {
                String raw = body == null ? "" : body.string();
                quietUntil = clock.instant();
                return answered(response, raw, isPoll);
            }
        } catch (IOException e) {
            quietUntil = clock.instant();
            health.receivingFailed("not reachable (" + HttpClients.reason(e, settings) + "); trying again");
            throw e;
        }
    }

    private Response answered(Response response, String raw, boolean isPoll) throws IOException {
        JsonNode answer = parse(raw);
        if (answer.path("ok").asBoolean(false)) {
            if (isPoll) {
                store(answer.path("result"));
                absence.polled(clock.instant());
            }
            health.received();
            return with(response, isPoll ? NOTHING : raw);
        }
        failed(response, answer);
        return with(response, raw);
    }

    private void failed(Response response, JsonNode answer) {
        String description = settings.redact(answer.path("description").asText(response.message()));
        health.receivingFailed(Health.explain(response.code(), description) + "; trying again");
        if (response.code() == CONFLICT) {
            boolean webhook = description.contains("webhook");
            webhookFound |= webhook;
            if (!webhook) {
                rivals.met(clock.instant());
            }
        }
        JsonNode retryAfter = answer.path("parameters").path("retry_after");
        if (retryAfter.isNumber()) {
            Duration wait = Duration.ofSeconds(retryAfter.asLong());
            backOff.askedToWait(wait);
            quietUntil = clock.instant().plus(wait);
        }
    }

    private synchronized void store(JsonNode result) throws IOException {
        requireOpen();
        List<Inbox.Update> updates = new ArrayList<>();
        for (JsonNode update : result) {
            if (update.path("update_id").canConvertToInt()) {
                updates.add(new Inbox.Update(update.path("update_id").asLong(), update.toString()));
            }
        }
        if (updates.isEmpty()) {
            return;
        }
        try {
            inbox.store(settings.bot(), updates);
            arrived.run();
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private JsonNode parse(String raw) {
        try {
            return json.readTree(raw);
        } catch (JsonProcessingException _) {
            return json.missingNode();
        }
    }

    private static Response with(Response response, String body) {
        return response.newBuilder().body(ResponseBody.create(body, JSON)).build();
    }
}
