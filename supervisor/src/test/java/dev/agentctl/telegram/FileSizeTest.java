package dev.agentctl.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentctl.telegram.FileFetch.Fetched;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.objects.InputFile;

/// The largest files, both ways.
@Timeout(120)
final class FileSizeTest {
    private static final int MB = 1 << 20;
    private static final byte[] ZEROS = new byte[64 * 1024];

    @TempDir
    Path folder;

    private final AtomicLong came = new AtomicLong();
    private volatile long size;
    private HttpServer server;
    private TelegramSettings settings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        settings = new TelegramSettings(TelegramStandIn.TOKEN, List.of(1L), 1, url);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// Reads all that comes. Every file is [#size] zeros.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] buffer = new byte[ZEROS.length];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                came.addAndGet(read);
            }
            String path = exchange.getRequestURI().toString();
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                if (path.startsWith("/file/")) {
                    long left = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
                    for (; left > 0; left -= ZEROS.length) {
                        out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
                    }
                } else {
                    String result = "{\"file_path\":\"documents/" + size + "\"}";
                    out.write(("{\"ok\":true,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    @Test
    void fiftyMegabytesAreSentInPieces() throws IOException, InterruptedException {
        Path file = folder.resolve("big");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50L * MB);
        }
        BotApi api = new BotApi(settings);
        try {
            long before = allocated();
            assertThat(api.upload(new DocumentUpload("1", new InputFile(file.toFile(), "big"))))
                    .isInstanceOf(ApiAnswer.Done.class);
            assertThat(allocated() - before).isLessThan(25L * MB);
            assertThat(came.get()).isBetween(50L * MB, 50L * MB + 4096);
        } finally {
            api.close();
        }
    }

    @Test
    void twentyMegabytesAreFetchedAndNotAByteMore() throws IOException, InterruptedException {
        FileFetch fetch = new FileFetch(settings);
        try {
            size = 20L * MB;
            Fetched fetched = fetch.fetch(new SentFile("a", "document", "a", 0));
            assertThat(fetched).isInstanceOf(Fetched.Here.class);
            Path content = ((Fetched.Here) fetched).file().content();
            assertThat(content).hasSize(20L * MB);
            Files.delete(content);
            size = 20L * MB + 1;
            assertThat(fetch.fetch(new SentFile("a", "document", "a", 0)))
                    .isInstanceOfSatisfying(
                            Fetched.Never.class,
                            never -> assertThat(never.why()).contains("20 MB"));
        } finally {
            fetch.close();
        }
    }
}
