package dev.agentctl.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.store.Waiting;
import dev.agentctl.store.Waiting.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The budget and the choice, in an hour that takes no time.
final class SendBudgetTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String GROUP = "-100";
    private static final String PRIVATE = "4711";

    private final SendBudget budget = new SendBudget(Pace.normal(), BEGIN);

    @Test
    void aGroupGetsAtMostTwentyInAnyMinute() {
        List<Instant> sent = sendAsFastAsAllowed(GROUP, Urgency.QUESTION, 200);
        assertThat(mostWithin(sent, Duration.ofSeconds(60))).isBetween(18L, 20L);
    }

    @Test
    void aPrivateChatGetsOneASecondAndAShortBurst() {
        List<Instant> sent = sendAsFastAsAllowed(PRIVATE, Urgency.QUESTION, 200);
        assertThat(mostWithin(sent, Duration.ofSeconds(1))).isLessThanOrEqualTo(4);
        assertThat(Duration.between(sent.getFirst(), sent.getLast()))
                .isBetween(Duration.ofSeconds(196), Duration.ofSeconds(198));
    }

    @Test
    void manyChatsTogetherStayBelowTheGlobalLimit() {
        List<Instant> sent = new ArrayList<>();
        Instant now = BEGIN;
        for (int i = 0; i < 500; i++) {
            String room = Integer.toString(i);
            now = later(now, budget.readyAt(room, Urgency.QUESTION, now));
            budget.take(room, now);
            sent.add(now);
        }
        assertThat(mostWithin(sent, Duration.ofSeconds(1))).isLessThanOrEqualTo(33);
        assertThat(Duration.between(BEGIN, now)).isGreaterThan(Duration.ofSeconds(19));
    }

    @Test
    void aQuestionAlwaysFindsATokenThatRepliesLeft() {
        Instant now = BEGIN;
        while (!budget.readyAt(PRIVATE, Urgency.REPLY, now).isAfter(now)) {
            budget.take(PRIVATE, now);
        }
        assertThat(budget.readyAt(PRIVATE, Urgency.QUESTION, now)).isEqualTo(now);
        assertThat(budget.readyAt(PRIVATE, Urgency.RECEIPT, now)).isAfter(now);
    }

    @Test
    void aQuestionOvertakesTheNewsOfOtherSessions() {
        Waiting news = waiting(1, GROUP, "a", Urgency.STATUS, BEGIN);
        Waiting question = waiting(2, GROUP, "b", Urgency.QUESTION, BEGIN);
        assertThat(NextSend.choose(List.of(question, news), budget, BEGIN)).isEqualTo(new NextSend.Now(question));
    }

    @Test
    void aRowThatWasToldToWaitHoldsItsRoomAndNoOther() {
        Instant until = BEGIN.plusSeconds(30);
        Waiting held = waiting(1, GROUP, "a", Urgency.STATUS, until);
        Waiting question = waiting(2, GROUP, "b", Urgency.QUESTION, BEGIN);
        assertThat(NextSend.choose(List.of(question, held), budget, BEGIN)).isEqualTo(new NextSend.Later(until));
        Waiting elsewhere = waiting(3, PRIVATE, "c", Urgency.STATUS, BEGIN);
        assertThat(NextSend.choose(List.of(question, held, elsewhere), budget, BEGIN))
                .isEqualTo(new NextSend.Now(elsewhere));
    }

    @Test
    void nothingIsChosenWhereNothingWaitsOrAllIsUnderWay() {
        assertThat(NextSend.choose(List.of(), budget, BEGIN)).isEqualTo(new NextSend.Nothing());
        Waiting underWay = waiting(1, GROUP, "a", Urgency.REPLY, Instant.ofEpochMilli(Long.MAX_VALUE));
        assertThat(NextSend.choose(List.of(underWay), budget, BEGIN)).isEqualTo(new NextSend.Nothing());
    }

    private List<Instant> sendAsFastAsAllowed(String room, Urgency urgency, int count) {
        List<Instant> sent = new ArrayList<>();
        Instant now = BEGIN;
        for (int i = 0; i < count; i++) {
            now = later(now, budget.readyAt(room, urgency, now));
            budget.take(room, now);
            sent.add(now);
        }
        return sent;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static long mostWithin(List<Instant> times, Duration window) {
        return times.stream()
                .mapToLong(begin -> times.stream()
                        .filter(time -> !time.isBefore(begin) && time.isBefore(begin.plus(window)))
                        .count())
                .max()
                .orElse(0);
    }

    private static Waiting waiting(long id, String room, String session, Urgency urgency, Instant notBefore) {
        return new Waiting(id, room, Optional.of(session), urgency, urgency, false, notBefore);
    }
}
