package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InboxTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    private Database database;
    private Inbox inbox;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        inbox = new Inbox(database, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewBotPollsFromTheBeginning() {
        assertThat(inbox.nextOffset("7")).isZero();
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10)).isEmpty();
    }

    @Test
    void updatesAndTheNextOffsetSurviveReopening() {
        assertThat(inbox.store("7", List.of(update(5), update(6)))).isEqualTo(2);
        database.close();
        open();
        assertThat(inbox.nextOffset("7")).isEqualTo(7);
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10))
                .containsExactly(
                        new Inbox.Entry(new Inbox.Key("7", 0, 5), "{\"n\":5}", NOW),
                        new Inbox.Entry(new Inbox.Key("7", 0, 6), "{\"n\":6}", NOW));
    }

    @Test
    void redeliveryOfTheSameContentIsNoNewUpdate() {
        inbox.store("7", List.of(update(5), update(6)));
        assertThat(inbox.store("7", List.of(update(5), update(6), update(7)))).isEqualTo(1);
        assertThat(inbox.nextOffset("7")).isEqualTo(8);
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10))
                .extracting(Inbox.Entry::key)
                .extracting(Inbox.Key::epoch)
                .containsOnly(0L);
    }

    @Test
    void redeliveryOfSomethingDoneStaysDone() {
        inbox.store("7", List.of(update(5)));
        inbox.done(new Inbox.Key("7", 0, 5), "typed");
        inbox.store("7", List.of(update(5)));
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10)).isEmpty();
        assertThat(inbox.outcome(new Inbox.Key("7", 0, 5))).contains("typed");
    }

    @Test
    void idsThatFallOpenANewEpochAndComeAfterTheOldOne() {
        inbox.store("7", List.of(update(900), update(901)));
        assertThat(inbox.store("7", List.of(update(12), update(13)))).isEqualTo(2);
        assertThat(inbox.nextOffset("7")).isEqualTo(14);
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10))
                .extracting(Inbox.Entry::key)
                .containsExactly(
                        new Inbox.Key("7", 0, 900),
                        new Inbox.Key("7", 0, 901),
                        new Inbox.Key("7", 1, 12),
                        new Inbox.Key("7", 1, 13));
    }

    @Test
    void aRedeliveryAfterIdsFellIsNothingNew() {
        inbox.store("7", List.of(update(900)));
        inbox.store("7", List.of(update(12)));
        assertThat(inbox.store("7", List.of(update(900), update(13)))).isEqualTo(1);
        assertThat(inbox.nextOffset("7")).isEqualTo(14);
    }

    @Test
    void aReusedIdWithOtherContentIsANewEpoch() {
        inbox.store("7", List.of(update(5)));
        inbox.store("7", List.of(new Inbox.Update(5, "{\"other\":true}")));
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10))
                .extracting(Inbox.Entry::key)
                .containsExactly(new Inbox.Key("7", 0, 5), new Inbox.Key("7", 1, 5));
    }

    @Test
    void botsDoNotShareTheirPlace() {
        inbox.store("7", List.of(update(5)));
        inbox.store("8", List.of(update(3)));
        assertThat(inbox.nextOffset("7")).isEqualTo(6);
        assertThat(inbox.nextOffset("8")).isEqualTo(4);
        assertThat(inbox.pending("8", List.of("callback_query"), false, 10)).hasSize(1);
    }

    @Test
    void aFailedStoreLeavesNothingBehind() {
        inbox.store("7", List.of(update(5)));
        database.change(connection -> Sql.update(
                connection,
                "CREATE TRIGGER full BEFORE INSERT ON inbox WHEN NEW.update_id = 7 BEGIN SELECT"
                        + " RAISE(ABORT, 'disk full'); END"));
        assertThatThrownBy(() -> inbox.store("7", List.of(update(6), update(7))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("disk full");
        assertThat(inbox.nextOffset("7")).isEqualTo(6);
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10)).hasSize(1);
    }

    @Test
    void pendingIsBounded() {
        inbox.store("7", List.of(update(1), update(2), update(3)));
        assertThat(inbox.pending("7", List.of("callback_query"), false, 2)).hasSize(2);
    }

    @Test
    void trimmingKeepsWhatIsPending() {
        inbox.store("7", List.of(update(1), update(2)));
        inbox.done(new Inbox.Key("7", 0, 1), "done");
        inbox.trim(NOW.plusSeconds(1));
        assertThat(inbox.pending("7", List.of("callback_query"), false, 10)).hasSize(1);
        assertThat(inbox.outcome(new Inbox.Key("7", 0, 1))).isEmpty();
        assertThat(inbox.nextOffset("7")).isEqualTo(3);
    }

    private static Inbox.Update update(long id) {
        return new Inbox.Update(id, "{\"n\":" + id + "}");
    }
}
