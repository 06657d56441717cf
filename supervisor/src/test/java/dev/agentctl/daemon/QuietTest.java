package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.project.QuietHours;
import dev.agentctl.store.Database;
import dev.agentctl.store.MuteTable;
import dev.agentctl.store.Once;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.OutboxRow;
import dev.agentctl.store.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A night, by a clock that the test moves.
final class QuietTest {
    private static final ChatAddress CHAT = ChatAddress.of("telegram", "1");
    private static final ChatAddress CONSOLE = ChatAddress.of("console", "1");
    private static final ZoneId ZONE = ZoneOffset.ofHours(2);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T19:00:00Z");

    @Test
    void wordsAreSilentAtNightQuestionsRingAndTheMorningTellsOnce() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Outbox outbox = new Outbox(database, () -> now, CHAT);
            Quiet quiet = new Quiet(CHAT, new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0)), () -> now, ZONE);
            PostOffice post = new PostOffice(
                    outbox,
                    new Once(database, () -> now),
                    List.of(CHAT, CONSOLE),
                    new MuteTable(database, () -> now),
                    Optional.of(quiet),
                    Masking.SHAPES);
            post.send(text(Kind.FINAL, "a"));
            assertThat(sent(outbox, "telegram")).containsExactly(Kind.FINAL);
            now = now.plus(Duration.ofHours(3));
            post.send(text(Kind.FINAL, "a"));
            post.send(text(Kind.FINAL, "a"));
            post.send(text(Kind.QUESTION, "b"));
            quiet.tellWhatCame(outbox, post);
            assertThat(sent(outbox, "telegram")).containsExactlyInAnyOrder(Kind.REPLY, Kind.REPLY, Kind.QUESTION);
            assertThat(sent(outbox, "console")).doesNotContain(Kind.REPLY);
            now = Instant.parse("2026-03-02T05:01:00Z");
            quiet.tellWhatCame(outbox, post);
            quiet.tellWhatCame(outbox, post);
            Waiting digest = outbox.waiting("telegram").getFirst();
            assertThat(outbox.attempt(digest.id()).map(OutboxRow::what))
                    .hasValueSatisfying(what -> assertThat(what)
                            .isEqualTo(new Outgoing.Text(
                                    Kind.FINAL,
                                    Optional.of(CHAT),
                                    Optional.empty(),
                                    "🌅 While it was quiet:\n\n- `a`: 2 messages",
                                    Optional.empty())));
            outbox.sent(digest.id(), "9");
            assertThat(outbox.waiting("telegram")).isEmpty();
        }
    }

    @Test
    void hoursWithinADayHoldToo() {
        QuietHours noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0));
        assertThat(noon.hold(Instant.parse("2026-03-01T10:30:00Z"), ZONE)).isTrue();
        assertThat(noon.hold(Instant.parse("2026-03-01T11:00:00Z"), ZONE)).isFalse();
        Instant end = noon.lastEnd(Instant.parse("2026-03-01T09:00:00Z"), ZONE);
        assertThat(end).isEqualTo(Instant.parse("2026-02-28T11:00:00Z"));
        assertThat(noon.beginOf(end, ZONE)).isEqualTo(Instant.parse("2026-02-28T10:00:00Z"));
    }

    private static List<Kind> sent(Outbox outbox, String chat) {
        List<Kind> kinds = new java.util.ArrayList<>();
        for (List<Waiting> heads = outbox.waiting(chat); !heads.isEmpty(); heads = outbox.waiting(chat)) {
            long id = heads.getFirst().id();
            outbox.attempt(id).ifPresent(row -> kinds.add(((Outgoing.Text) row.what()).kind()));
            outbox.sent(id, Long.toString(id));
        }
        return kinds;
    }

    private static Outgoing text(Kind kind, String session) {
        return new Outgoing.Text(kind, Optional.empty(), Optional.of(session), "words", Optional.empty());
    }
}
