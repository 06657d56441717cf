package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/// Tells whoever pressed a button what came of it. On connections of its own, and nobody waits for it: neither does
/// an answer wait behind what is being sent, nor the next press behind an answer. One that fails is not repeated, for
/// the query is void after some seconds, and what the press did shows elsewhere. The flood rules do not count answers.
final class QueryAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(QueryAnswers.class);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final int LONGEST = 200;

    private final TelegramSettings settings;
    private final OkHttpClient http;
    private final OkHttpTelegramClient client;

    QueryAnswers(TelegramSettings settings) {
        this.settings = settings;
        http = HttpClients.plain().callTimeout(CALL).build();
        client = new OkHttpTelegramClient(new ObjectMapper(), http, settings.token(), HttpClients.url(settings));
    }

    void answer(String query, String text) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("callback_query_id", query);
        parameters.put("text", text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
        try {
            var _ = client.executeAsync(new JsonMethod("answerCallbackQuery", parameters));
        } catch (TelegramApiException e) {
            LOG.warn("telegram: a button was not answered: {}", HttpClients.reason(e, settings));
        }
    }

    void close() {
        HttpClients.close(http);
    }
}
