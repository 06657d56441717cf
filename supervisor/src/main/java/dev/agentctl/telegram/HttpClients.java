package dev.agentctl.telegram;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.meta.TelegramUrl;

/// How HTTP is done here: no call is repeated behind our back, and no thread outlives the chat.
final class HttpClients {
    static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WRITE = Duration.ofSeconds(60);

    private HttpClients() {}

    static OkHttpClient.Builder plain() {
        Dispatcher dispatcher = new Dispatcher(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("telegram-http-", 0).factory()));
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // the default repeats a POST whose connection broke: the message would arrive twice
                .retryOnConnectionFailure(false)
                // an old connection may have died unnoticed, and then nobody knows whether a message arrived
                .connectionPool(new ConnectionPool(2, 5, TimeUnit.SECONDS))
                .followRedirects(false)
                .connectTimeout(CONNECT)
                .writeTimeout(WRITE);
    }

    static TelegramUrl url(TelegramSettings settings) {
        URI url = settings.apiUrl();
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        return new TelegramUrl(url.getScheme(), url.getHost(), port, false);
    }

    /// Why a call failed, in a few words without the token.
    static String reason(Throwable failure, TelegramSettings settings) {
        String message = failure.getMessage();
        String words = message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return settings.redact(words);
    }

    static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }
}
