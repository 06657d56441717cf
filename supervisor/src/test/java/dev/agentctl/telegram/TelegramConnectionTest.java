package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.FAST;
import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong between the chat and the server.
final class TelegramConnectionTest {
    private static final String SECRET = "AAstandInToken_for-tests-only-0123456789";

    @TempDir
    Path folder;

    private ChatUnderTest test;
    private LogLines log;

    @BeforeEach
    void open() {
        log = LogLines.open();
        test = new ChatUnderTest(folder);
    }

    @AfterEach
    void closeAndFindNoSecretInTheLog() {
        test.close();
        log.close();
        assertThat(log.all()).noneMatch(line -> line.contains(SECRET));
        assertThat(log.all()).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void aSecondPollerIsNamedAndTheFirstGoesOnAfterwards() throws InterruptedException {
        test.start();
        test.telegram.awaitPoll(SOON);
        test.telegram
                .faults()
                .next("getUpdates", 3, new Fault.Refusal(409, "Conflict: terminated by other getUpdates request", 0));
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "one");
        assertThat(test.nextHandled().text()).isEqualTo("one");
        awaitHealth("409 Conflict: another program polls this bot");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "two");
        assertThat(test.nextHandled().text()).isEqualTo("two");
        assertThat(log.all()).anyMatch(line -> line.contains("409 Conflict: another program"));
    }

    @Test
    void aStrangersPollerRaisesAnAlarm() throws InterruptedException {
        test.start();
        test.telegram.awaitPoll(SOON);
        test.telegram
                .faults()
                .next("getUpdates", 8, new Fault.Refusal(409, "Conflict: terminated by other getUpdates request", 0));
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "one");
        assertThat(test.nextHandled().text()).isEqualTo("one");
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().text()).contains("Another program polls this bot");
        assertThat(test.audit.list(1).getFirst().outcome()).contains("token is known elsewhere");
    }

    /// Telegram keeps what is written to a bot for a day.
    @Test
    void whoWasAwayForMoreThanADaySaysThatMessagesMayBeLost() throws InterruptedException {
        String polled = Absence.name(test.settings().bot());
        Instant before = Instant.now().minus(Duration.ofHours(25));
        test.settings.set(polled, before.toString());
        // ends the first poll at once
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "at last");
        test.start();
        assertThat(test.nextHandled().text()).isEqualTo("at last");
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().text())
                .contains("Some of your messages may be lost")
                .contains("24 hours");
        // of a later poll, when all of the first is done
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "one");
        assertThat(test.nextHandled().text()).isEqualTo("one");
        test.stop();
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "two");
        assertThat(test.nextHandled().text()).isEqualTo("two");
        test.say(Kind.FINAL, "a", "the next");
        assertThat(test.telegram.awaitFromBot(2, SOON).get(1).text()).contains("the next");
    }

    @Test
    void aRefusedTokenIsSaidAndRetriedUntilItIsAccepted() throws InterruptedException {
        test.telegram.revokeToken("7000000001:anotherTokenThatIsValidInstead_0000");
        test.start();
        awaitHealth("telegram: 401 Unauthorized: the bot token is refused; check telegram.token");
        test.telegram.revokeToken(dev.agentctl.testkit.telegram.TelegramStandIn.TOKEN);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        awaitHealth("telegram: ok");
    }

    @Test
    void anOutageEndsWithoutLossInEitherDirection() throws InterruptedException {
        test.start();
        test.telegram.awaitPoll(SOON);
        test.telegram.beginOutage();
        awaitHealth("not reachable");
        test.say(Kind.FINAL, "a", "said in the dark");
        awaitHealth("cannot send");
        test.telegram.endOutage();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        // it may have left on the connection that broke, and then says so
        assertThat(test.telegram.awaitFromBot(1, SOON))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).endsWith("said in the dark"));
    }

    @Test
    void aNetworkThatIsDownAtTheStartIsWaitedFor() throws InterruptedException {
        test.telegram.beginOutage();
        test.start();
        awaitHealth("not reachable");
        test.telegram.endOutage();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
    }

    @Test
    void aWebhookThatWasLeftOrIsSetLaterIsRemoved() throws InterruptedException {
        test.telegram.setWebhook("https://example.org/hook");
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "one");
        assertThat(test.nextHandled().text()).isEqualTo("one");
        test.telegram.setWebhook("https://example.org/hook");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "two");
        assertThat(test.nextHandled().text()).isEqualTo("two");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "three");
        assertThat(test.nextHandled().text()).isEqualTo("three");
    }

    @Test
    void aProxysErrorPageIsNoEndOfPolling() throws InterruptedException {
        test.telegram.faults().next("getUpdates", 3, new Fault.BadGateway());
        test.telegram.faults().next("deleteWebhook", 2, new Fault.BadGateway());
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
    }

    @Test
    void aPollThatIsToldToWaitWaits() throws InterruptedException {
        test.telegram.faults().next("getUpdates", 1, new Fault.Refusal(429, "", 1));
        long begin = System.nanoTime();
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSecondProcessOfThisMachineIsRefused() {
        test.start();
        assertThatThrownBy(() -> TelegramChat.start(
                        test.settings(),
                        test.stores(),
                        _ -> {},
                        (_, _) -> Optional.empty(),
                        Map::of,
                        folder.resolve("locks")))
                .isInstanceOf(TelegramStartException.class)
                .hasMessageContaining("another agentctl on this machine")
                .hasMessageContaining("pid " + ProcessHandle.current().pid());
        test.stop();
        test.start();
        test.telegram.awaitPoll(SOON);
    }

    @Test
    void closingDuringAPollIsQuickAndLeavesNoThread() {
        test.start();
        test.telegram.awaitPoll(SOON);
        long begin = System.nanoTime();
        test.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("telegram-"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    void silenceStartsPollingAnew() throws InterruptedException {
        Pace impatient = new Pace(
                FAST.poll(),
                FAST.firstRetry(),
                FAST.longestRetry(),
                Duration.ofSeconds(1),
                FAST.rivalry(),
                1000,
                1000,
                1000);
        test.start(test.handled::add, impatient);
        test.telegram.awaitPoll(SOON);
        int polls = test.telegram.calls("getUpdates");
        test.telegram.awaitCalls("getUpdates", polls + 1, SOON);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
    }

    @Test
    void aConnectionThatDiedUnnoticedIsGivenUpSoonAfterItsPollShouldHaveEnded() throws InterruptedException {
        Pace shortPolls = new Pace(
                Duration.ofSeconds(1),
                FAST.firstRetry(),
                FAST.longestRetry(),
                FAST.silence(),
                FAST.rivalry(),
                1000,
                1000,
                1000);
        test.telegram.faults().next("getUpdates", 1, new Fault.Silence());
        test.start(test.handled::add, shortPolls);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
    }

    /// The clock moves by the waits that polling asks for, and by what each attempt to connect may take before it.
    @Test
    void afterAnHoursOutageItIsHeardAgainWithin35SecondsOfTheClock() throws InterruptedException {
        Duration hour = Duration.ofHours(1);
        AtomicReference<Duration> clock = new AtomicReference<>(Duration.ZERO);
        AtomicInteger attempts = new AtomicInteger();
        test.start(test.handled::add, FAST, new PollBackOff(Pace.normal(), wait -> {
            attempts.incrementAndGet();
            if (clock.updateAndGet(time -> time.plus(HttpClients.CONNECT).plus(wait))
                            .compareTo(hour)
                    >= 0) {
                test.telegram.endOutage();
            }
            return Duration.ofMillis(1);
        }));
        test.telegram.awaitPoll(SOON);
        test.telegram.beginOutage();
        test.say(Kind.FINAL, "a", "said in the dark");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        assertThat(clock.get().minus(hour)).isBetween(Duration.ZERO, Duration.ofSeconds(35));
        assertThat(attempts).hasValueGreaterThan(100);
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().text()).endsWith("said in the dark");
    }

    @Test
    void aStormOfFloodRefusalsIsWaitedForEachTimeInFull() throws InterruptedException {
        List<Duration> waits = new CopyOnWriteArrayList<>();
        test.telegram.faults().next("getUpdates", 4, new Fault.Refusal(429, "", 300));
        test.telegram.faults().next("getUpdates", 3, new Fault.Refusal(500, "Internal Server Error", 0));
        test.start(test.handled::add, FAST, new PollBackOff(Pace.normal(), wait -> {
            waits.add(wait);
            return Duration.ofMillis(1);
        }));
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        assertThat(waits.subList(0, 4)).containsOnly(Duration.ofMinutes(5));
        assertThat(waits.subList(4, waits.size()))
                .hasSize(3)
                .allMatch(wait -> wait.compareTo(Pace.normal().longestRetry()) <= 0);
    }

    @Test
    void whateverTheNetworkDidItIsHeardAgainWithin35Seconds() {
        Pace pace = Pace.normal();
        Duration deadPoll = Poller.longestPoll(pace).plus(pace.retryAfter(1));
        Duration afterAnHour = HttpClients.CONNECT.plus(pace.retryAfter(1_000));
        assertThat(deadPoll).isLessThan(Duration.ofSeconds(35));
        assertThat(afterAnHour).isLessThan(Duration.ofSeconds(35));
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithoutTheToken() {
        URI url = URI.create("https://api.telegram.org");
        assertThatThrownBy(() -> new TelegramSettings("7:x " + SECRET, List.of(1L), 1, url))
                .hasMessageContaining("no bot token")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> new TelegramSettings("7:" + SECRET, List.of(), 1, url))
                .hasMessageContaining("telegram.operators is empty");
        assertThatThrownBy(() -> new TelegramSettings("7:" + SECRET, List.of(777_000L), 1, url))
                .hasMessageContaining("not one person's id");
        assertThatThrownBy(() -> new TelegramSettings("7:" + SECRET, List.of(1L), 1, URI.create("https://a.b/path")))
                .hasMessageContaining("telegram.api_url");
        assertThat(new TelegramSettings("7:" + SECRET, List.of(1L), 1, url).toString())
                .doesNotContain(SECRET);
    }

    private void awaitHealth(String words) {
        log.await(words, SOON);
    }
}
