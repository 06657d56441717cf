package dev.agentctl.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.store.Inbox;
import dev.agentctl.testkit.telegram.Faults.Fault;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A poll that outlives the chat's end.
@Timeout(60)
class InboxInterceptorTest {
    @AutoClose
    private final ChatUnderTest test;

    private final CountDownLatch stored = new CountDownLatch(1);
    private final InboxInterceptor interceptor;
    private final OkHttpClient client;

    InboxInterceptorTest(@TempDir Path folder) {
        test = new ChatUnderTest(folder);
        Pace pace = Pace.normal();
        interceptor = new InboxInterceptor(
                test.settings(),
                test.inbox,
                new PollBackOff(pace),
                new Health(),
                stored::countDown,
                new Rivals(pace.rivalry(), test.stores(), () -> {}),
                new Absence(test.settings().bot(), test.stores(), () -> {}),
                InstantSource.system());
        client = new OkHttpClient.Builder().addInterceptor(interceptor).build();
    }

    private int poll() throws IOException {
        Request request = new Request.Builder()
                .url(test.telegram.url().resolve("/") + "bot" + TelegramStandIn.TOKEN + "/getUpdates?timeout=0")
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    private List<Inbox.Entry> pending() {
        return test.inbox.pending(test.settings().bot(), List.of("message.photo"), false, 10);
    }

    @Test
    void whatComesAfterTheEndIsLeftToTheNextPoll() throws IOException {
        CountDownLatch until = new CountDownLatch(1);
        test.telegram.faults().next("getUpdates", 1, new Fault.Held(until));
        test.telegram.sendFromUser(ChatUnderTest.OPERATOR, ChatUnderTest.OPERATOR, "one");
        CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> {
            try {
                return poll();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        test.telegram.awaitCalls("getUpdates", 1, Duration.ofSeconds(30));

        interceptor.close();
        until.countDown();

        assertThat(late).failsWithin(Duration.ofSeconds(30)).withThrowableThat().withMessageContaining("has ended");
        assertThatThrownBy(this::poll).isInstanceOf(IOException.class).hasMessageContaining("has ended");
        assertThat(pending()).isEmpty();
        assertThat(stored.getCount()).isOne();
    }

    @Test
    void whatComesBeforeIsStored() throws IOException {
        test.telegram.sendFromUser(ChatUnderTest.OPERATOR, ChatUnderTest.OPERATOR, "one");
        assertThat(poll()).isEqualTo(200);
        assertThat(pending()).hasSize(1);
        assertThat(stored.getCount()).isZero();
    }
}
