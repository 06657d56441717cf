package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Outgoing.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ChatAddress HOME = ChatAddress.of("telegram", "100");
    private static final ChatAddress GROUP = new ChatAddress("telegram", "-5", Optional.of("9"));
    private static final ChatAddress CONSOLE = ChatAddress.of("console", "here");

    @TempDir
    Path folder;

    private Database database;
    private Outbox outbox;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        outbox = new Outbox(database, InstantSource.fixed(NOW), HOME);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyKindOfMessageComesBackAsItWasStored() {
        Outgoing text = new Outgoing.Text(
                Kind.QUESTION, Optional.of(GROUP), Optional.of("a"), "**really?**", Optional.of("17"));
        Outgoing document = new Outgoing.Document(
                Optional.of(GROUP), Optional.of("a"), Path.of("/tmp/x.txt"), "x.txt", "caption", Optional.empty());
        Outgoing receipt = new Outgoing.Receipt(Optional.of(GROUP), "33", Progress.TYPED);
        long first = outbox.add(text);
        long second = outbox.add(document);
        long third = outbox.add(receipt);
        reopen();
        assertThat(outbox.attempt(first))
                .contains(new OutboxRow(first, GROUP, text, 0, false, 1, NOW, Optional.empty()));
        assertThat(outbox.attempt(second).orElseThrow().what()).isEqualTo(document);
        assertThat(outbox.attempt(third).orElseThrow().what()).isEqualTo(receipt);
    }

    @Test
    void aMessageWithoutAnAddressGoesToThePlaceForUnsolicitedOnes() {
        long id = add(Kind.STATUS, "a");
        assertThat(outbox.attempt(id).orElseThrow().to()).isEqualTo(HOME);
    }

    @Test
    void urgentMessagesOfOtherSessionsGoFirst() {
        long status = add(Kind.STATUS, "a");
        long reply = add(Kind.REPLY, "b");
        long last = add(Kind.FINAL, "c");
        long question = add(Kind.QUESTION, "d");
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(question, last, reply, status);
    }

    @Test
    void aChatWithoutLimitsShowsAllInItsOrder() {
        long receipt = outbox.add(new Outgoing.Receipt(Optional.of(HOME), "33", Progress.ACCEPTED));
        long status = add(Kind.STATUS, "a");
        long question = add(Kind.QUESTION, "b");
        for (long next : List.of(receipt, status, question)) {
            assertThat(outbox.oldest("telegram")).contains(next);
            outbox.attempt(next);
            outbox.sent(next, "1");
        }
        assertThat(outbox.oldest("telegram")).isEmpty();
    }

    @Test
    void aSessionKeepsItsOrderAndItsFirstMessageInheritsTheUrgency() {
        long other = add(Kind.REPLY, "b");
        long status = add(Kind.STATUS, "a");
        long question = add(Kind.QUESTION, "a");
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(status, other);
        outbox.attempt(status);
        outbox.sent(status, "1");
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(question, other);
    }

    @Test
    void aReceiptWaitsForNothingAndIsReplacedByTheNextStep() {
        long question = add(Kind.QUESTION, "a");
        long stored = outbox.add(new Outgoing.Receipt(Optional.of(HOME), "33", Progress.STORED));
        long typed = outbox.add(new Outgoing.Receipt(Optional.of(HOME), "33", Progress.TYPED));
        long elsewhere = outbox.add(new Outgoing.Receipt(Optional.of(HOME), "34", Progress.STORED));
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(question, typed, elsewhere);
        assertThat(outbox.attempt(stored)).isEmpty();
    }

    @Test
    void whatIsUnderWayIsNotDueAndStillHoldsItsSession() {
        long first = add(Kind.REPLY, "a");
        add(Kind.REPLY, "a");
        outbox.attempt(first);
        assertThat(outbox.waiting("telegram")).singleElement().satisfies(waiting -> {
            assertThat(waiting.id()).isEqualTo(first);
            assertThat(waiting.notBefore()).isAfter(NOW.plusSeconds(1_000_000_000));
        });
        assertThat(outbox.attempt(first)).isEmpty();
    }

    @Test
    void aRetryIsDueLaterAndIsNoRepeat() {
        long id = add(Kind.REPLY, "a");
        outbox.attempt(id);
        outbox.retry(id, NOW.plusSeconds(30), "502 Bad Gateway");
        assertThat(outbox.waiting("telegram").getFirst().notBefore()).isEqualTo(NOW.plusSeconds(30));
        OutboxRow row = outbox.attempt(id).orElseThrow();
        assertThat(row.attempts()).isEqualTo(2);
        assertThat(row.repeat()).isFalse();
    }

    @Test
    void anInterruptedAttemptIsRepeatedWithAMarkExceptNews() {
        long question = add(Kind.QUESTION, "a");
        long status = add(Kind.STATUS, "b");
        long untouched = add(Kind.REPLY, "c");
        outbox.attempt(question);
        outbox.attempt(status);
        restart();
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(question, untouched);
        assertThat(outbox.attempt(question).orElseThrow().repeat()).isTrue();
        assertThat(outbox.attempt(untouched).orElseThrow().repeat()).isFalse();
        restart();
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(question, untouched);
    }

    @Test
    void aRepeatThatCertainlyDidNotArriveIsStillARepeat() {
        long id = add(Kind.FINAL, "a");
        outbox.attempt(id);
        outbox.uncertain(id, NOW, "connection cut");
        outbox.attempt(id);
        outbox.retry(id, NOW, "connection refused");
        assertThat(outbox.attempt(id).orElseThrow().repeat()).isTrue();
    }

    @Test
    void partsThatArrivedAreNotSentAgain() {
        long id = add(Kind.FINAL, "a");
        outbox.attempt(id);
        outbox.partSent(id, "71");
        reopen();
        outbox.recover("telegram");
        OutboxRow row = outbox.attempt(id).orElseThrow();
        assertThat(row.partsSent()).isEqualTo(1);
        assertThat(row.repeat()).isFalse();
        outbox.sent(id, "72");
        assertThat(outbox.sessionOf(HOME, "71")).contains("a");
        assertThat(outbox.sessionOf(HOME, "72")).contains("a");
    }

    @Test
    void aReplyFindsTheSessionOfItsRoomOnly() {
        long id = add(Kind.FINAL, "a");
        outbox.attempt(id);
        outbox.sent(id, "71");
        reopen();
        assertThat(outbox.sessionOf(HOME, "71")).contains("a");
        assertThat(outbox.sessionOf(HOME, "72")).isEmpty();
        assertThat(outbox.sessionOf(GROUP, "71")).isEmpty();
        outbox.trim(NOW.plusSeconds(1));
        assertThat(outbox.sessionOf(HOME, "71")).isEmpty();
    }

    @Test
    void outdatedNewsIsDroppedAndTheNewestStays() {
        long working = add(Kind.STATUS, "a");
        long done = add(Kind.FINAL, "a");
        add(Kind.STATUS, "b");
        long newest = add(Kind.STATUS, "b");
        assertThat(outbox.dropOutdatedNews("telegram", "100")).isEqualTo(2);
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(done, newest);
        assertThat(outbox.attempt(working)).isEmpty();
    }

    @Test
    void newsThatNobodyFetchesDoesNotGrowWithoutBound() {
        for (int i = 0; i < 100; i++) {
            add(Kind.STATUS, "a");
        }
        assertThat(outbox.backlog("telegram", "100")).isEqualTo(20);
    }

    @Test
    void aRoomThatGotAnotherIdTakesItsMessagesAlong() {
        long delivered = add(Kind.REPLY, "a");
        outbox.attempt(delivered);
        outbox.sent(delivered, "71");
        long waiting = add(Kind.REPLY, "a");
        outbox.move("telegram", "100", "-1009");
        assertThat(outbox.attempt(waiting).orElseThrow().to().room()).isEqualTo("-1009");
        assertThat(outbox.sessionOf(HOME, "71")).contains("a");
    }

    @Test
    void aMessageWhoseProcessIsKilledAgainAndAgainIsNotLost() {
        long id = add(Kind.REPLY, "a");
        for (int i = 0; i < 5; i++) {
            assertThat(outbox.attempt(id).orElseThrow().repeat()).isEqualTo(i > 0);
            restart();
        }
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(id);
    }

    @Test
    void whatMostLikelyFailedIsRetriedWithAMarkAsOftenAsItTakes() {
        long id = add(Kind.QUESTION, "a");
        for (int i = 0; i < 5; i++) {
            assertThat(outbox.attempt(id).orElseThrow().repeat()).isEqualTo(i > 0);
            outbox.retryMarked(id, NOW, "a proxy's error page");
        }
    }

    @Test
    void chatsDoNotSeeEachOthersRows() {
        add(Kind.REPLY, "a");
        long id = outbox.add(
                new Outgoing.Text(Kind.REPLY, Optional.of(CONSOLE), Optional.empty(), "hello", Optional.empty()));
        assertThat(outbox.waiting("console")).extracting(Waiting::id).containsExactly(id);
        outbox.attempt(id);
        outbox.recover("telegram");
        outbox.sent(id, "1");
        assertThat(outbox.waiting("console")).isEmpty();
        assertThat(outbox.waiting("telegram")).hasSize(1);
    }

    private long add(Kind kind, String session) {
        return outbox.add(new Outgoing.Text(kind, Optional.empty(), Optional.of(session), "text", Optional.empty()));
    }

    private void reopen() {
        database.close();
        open();
    }

    private void restart() {
        reopen();
        outbox.recover("telegram");
    }
}
