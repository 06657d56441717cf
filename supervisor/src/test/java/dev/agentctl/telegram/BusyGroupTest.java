package dev.agentctl.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.OutboxRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten talkative sessions in one group for five minutes of a clock that the test moves.
final class BusyGroupTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final ChatAddress GROUP = ChatAddress.of(TelegramSettings.CHAT_NAME, "-100");
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 3_000;
    private static final int SESSIONS = 10;
    private static final ApiAnswer DONE =
            new ApiAnswer.Done(JsonNodeFactory.instance.objectNode().put("message_id", 1));

    @TempDir
    Path folder;

    private final List<Instant> sent = new ArrayList<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final List<Duration> delays = new ArrayList<>();
    private Instant now = BEGIN;

    @Test
    void theLimitIsKeptAndNoQuestionWaitsBehindNews() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Outbox outbox = new Outbox(database, () -> now, GROUP);
            SendBudget budget = new SendBudget(Pace.normal(), now);
            for (int step = 0; step < STEPS; step++) {
                talk(outbox, step);
                drain(outbox, budget);
                now = now.plus(STEP);
            }
        }
        assertThat(mostInAMinute()).isLessThanOrEqualTo(20);
        assertThat(delays).hasSizeGreaterThan(8).allMatch(delay -> delay.compareTo(Duration.ofSeconds(8)) < 0);
    }

    /// Each attempt to connect takes as long as it may.
    @Test
    void afterAnHoursOutageAllIsSentAndTheFirstWithin35Seconds() {
        Instant back = BEGIN.plus(Duration.ofHours(1));
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Outbox outbox = new Outbox(database, () -> now, GROUP);
            for (int session = 0; session < SESSIONS; session++) {
                say(outbox, Kind.FINAL, session, "done");
            }
            sendAll(outbox, database, _ -> {
                if (now.isBefore(back)) {
                    now = now.plus(HttpClients.CONNECT);
                    return new ApiAnswer.NotSent("no network");
                }
                return DONE;
            });
        }
        assertThat(sent).hasSize(SESSIONS);
        assertThat(Duration.between(back, sent.getFirst())).isLessThan(Duration.ofSeconds(35));
    }

    @Test
    void inAStormOfFloodRefusalsNothingIsSentInsideAnyTimeAndTheQuestionGoesFirst() {
        AtomicReference<Instant> closedUntil = new AtomicReference<>(BEGIN);
        AtomicInteger refusals = new AtomicInteger();
        List<String> said = new ArrayList<>();
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Outbox outbox = new Outbox(database, () -> now, GROUP);
            for (int session = 0; session < SESSIONS; session++) {
                say(outbox, Kind.STATUS, session, "news");
                say(outbox, session == 7 ? Kind.QUESTION : Kind.FINAL, session, "words of " + session);
            }
            sendAll(outbox, database, row -> {
                assertThat(now).isAfterOrEqualTo(closedUntil.get());
                if (refusals.incrementAndGet() <= 5) {
                    Duration wait = Duration.ofSeconds(60L * refusals.get());
                    closedUntil.set(now.plus(wait));
                    return new ApiAnswer.Refused(429, "Too Many Requests", Optional.of(wait), Optional.empty());
                }
                said.add(row.what() instanceof Outgoing.Text text ? text.markdown() : "");
                return DONE;
            });
        }
        assertThat(said.stream().filter(words -> words.startsWith("words"))).hasSize(SESSIONS);
        assertThat(said.getFirst()).isEqualTo("words of 7");
    }

    /// Until nothing waits any more.
    private void sendAll(Outbox outbox, Database database, Function<OutboxRow, ApiAnswer> server) {
        SendBudget budget = new SendBudget(Pace.normal(), now);
        Verdict verdict =
                new Verdict(outbox, new Audit(database, () -> now), budget, Pace.normal(), new Health(), () -> now);
        while (true) {
            switch (NextSend.choose(outbox.waiting(TelegramSettings.CHAT_NAME), budget, now)) {
                case NextSend.Now(var row) -> {
                    budget.take(row.room(), now);
                    OutboxRow attempted = outbox.attempt(row.id()).orElseThrow();
                    ApiAnswer answer = server.apply(attempted);
                    if (answer instanceof ApiAnswer.Done) {
                        sent.add(now);
                    }
                    verdict.note(attempted, true, answer);
                }
                case NextSend.Overtaken(var row) -> outbox.dropped(row.id(), "overtaken");
                case NextSend.Later(Instant at) -> now = at;
                case NextSend.Nothing _ -> {
                    return;
                }
            }
        }
    }

    /// Each session says something every two seconds; every half minute one has asked right after its news.
    private void talk(Outbox outbox, int step) {
        int session = step % 20;
        if (session < SESSIONS) {
            say(outbox, Kind.STATUS, session, "step " + step);
        }
        if (step % 300 == 299) {
            int asking = step / 300 % SESSIONS;
            say(outbox, Kind.STATUS, asking, "one");
            say(outbox, Kind.STATUS, asking, "two");
            String question = "question " + step;
            asked.put(question, now);
            say(outbox, Kind.QUESTION, asking, question);
        }
    }

    private static void say(Outbox outbox, Kind kind, int session, String text) {
        outbox.add(
                new Outgoing.Text(kind, Optional.empty(), Optional.of("session-" + session), text, Optional.empty()));
    }

    private void drain(Outbox outbox, SendBudget budget) {
        while (true) {
            switch (NextSend.choose(outbox.waiting(TelegramSettings.CHAT_NAME), budget, now)) {
                case NextSend.Now(var row) -> {
                    budget.take(row.room(), now);
                    outbox.attempt(row.id()).ifPresent(this::deliver);
                    outbox.sent(row.id(), Long.toString(row.id()));
                }
                case NextSend.Overtaken(var row) -> outbox.dropped(row.id(), "overtaken");
                case NextSend.Later _, NextSend.Nothing _ -> {
                    outbox.dropOutdatedNews(TelegramSettings.CHAT_NAME, GROUP.room());
                    return;
                }
            }
        }
    }

    private void deliver(OutboxRow row) {
        sent.add(now);
        if (row.what() instanceof Outgoing.Text text && text.kind() == Kind.QUESTION) {
            delays.add(Duration.between(asked.getOrDefault(text.markdown(), BEGIN), now));
        }
    }

    private long mostInAMinute() {
        return sent.stream()
                .mapToLong(begin -> sent.stream()
                        .filter(time -> !time.isBefore(begin) && time.isBefore(begin.plusSeconds(60)))
                        .count())
                .max()
                .orElse(0);
    }
}
