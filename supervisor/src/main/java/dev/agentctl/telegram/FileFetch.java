package dev.agentctl.telegram;

import dev.agentctl.chat.ReceivedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/// Fetches files that people sent, on connections of its own, straight onto the disk. For one thread.
final class FileFetch {
    /// What the public server hands to bots.
    private static final long LARGEST = 20L << 20;

    private static final Duration CALL = Duration.ofMinutes(5);

    private final TelegramSettings settings;
    private final BotApi api;
    private final OkHttpClient http;

    FileFetch(TelegramSettings settings) {
        this.settings = settings;
        api = new BotApi(settings);
        http = HttpClients.plain().callTimeout(CALL).build();
    }

    /// What came of it.
    sealed interface Fetched {
        record Here(ReceivedFile file) implements Fetched {}

        /// It will never come; says why as the end of a sentence about it.
        record Never(String why) implements Fetched {}

        /// It may come another time.
        record NotNow(String why) implements Fetched {}
    }

    Fetched fetch(SentFile file) throws InterruptedException {
        if (file.size() > LARGEST) {
            return new Fetched.Never("is larger than the 20 MB that Telegram hands to a bot");
        }
        return switch (api.call("getFile", Map.of("file_id", file.id()))) {
            case ApiAnswer.Done(var result) ->
                download(file, result.path("file_path").asText());
            case ApiAnswer.Refused refused
            when refused.retryAfter().isEmpty() && refused.code() == 400 ->
                new Fetched.Never("cannot be had from Telegram (" + refused.description() + ")");
            case ApiAnswer.Refused refused -> new Fetched.NotNow(refused.code() + " " + refused.description());
            case ApiAnswer.Garbled(String why) -> new Fetched.NotNow(why);
            case ApiAnswer.NotSent(String why) -> new Fetched.NotNow(why);
            case ApiAnswer.NoAnswer(String why) -> new Fetched.NotNow(why);
        };
    }

    private Fetched download(SentFile file, String path) {
        if (path.isEmpty() || path.startsWith("/")) {
            return new Fetched.Never("is kept by the Bot API server in a place of its own (it runs with --local)");
        }
        Request request = new Request.Builder().url(url(path)).build();
        try (Response response = http.newCall(request).execute();
                ResponseBody body = response.body()) {
            if (!response.isSuccessful() || body == null) {
                return new Fetched.NotNow("the server answered " + response.code());
            }
            return keep(file, body.byteStream());
        } catch (IOException e) {
            return new Fetched.NotNow(HttpClients.reason(e, settings));
        }
    }

    private HttpUrl url(String path) {
        HttpUrl.Builder url = new HttpUrl.Builder()
                .scheme(HttpClients.url(settings).getSchema())
                .host(HttpClients.url(settings).getHost())
                .port(HttpClients.url(settings).getPort())
                .addPathSegment("file")
                .addPathSegment("bot" + settings.token());
        for (String segment : path.split("/", -1)) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private static Fetched keep(SentFile file, InputStream in) throws IOException {
        Path content = Files.createTempFile("agentctl", ".received");
        long written = 0;
        try (OutputStream out = Files.newOutputStream(content)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0 && written <= LARGEST; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                written += read;
            }
        } catch (IOException e) {
            Files.deleteIfExists(content);
            throw e;
        }
        if (written > LARGEST) {
            Files.deleteIfExists(content);
            return new Fetched.Never("is larger than the 20 MB that Telegram hands to a bot");
        }
        return new Fetched.Here(new ReceivedFile(file.what(), file.name(), content));
    }

    /// Ends what is under way.
    void close() {
        api.close();
        HttpClients.close(http);
    }
}
