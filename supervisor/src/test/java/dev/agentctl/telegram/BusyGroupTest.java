package dev.agentctl.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten talkative sessions in one group for five minutes of a clock that the test moves.
final class BusyGroupTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final ChatAddress GROUP = ChatAddress.of(TelegramSettings.CHAT_NAME, "-100");
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 3_000;
    private static final int SESSIONS = 10;

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
