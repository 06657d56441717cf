package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Button;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cards in the outbox: what is asked, and what becomes of it.
final class CardTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ChatAddress HOME = ChatAddress.of("telegram", "100");
    private static final Outgoing.Card CARD = new Outgoing.Card(
            Kind.QUESTION,
            Optional.of(HOME),
            Optional.of("a"),
            "prompt:k3",
            "may I?",
            List.of(
                    List.of(new Button("Allow", "0a", "/allow k3"), new Button("Deny", "0b", "/deny k3")),
                    List.of(new Button("Always: all of\nit", "0c", "/always k3"))),
            Optional.empty());
    private static final Outgoing.CardChange ALLOWED =
            new Outgoing.CardChange(Optional.of(HOME), Optional.of("a"), "prompt:k3", "allowed by ann");

    @AutoClose
    private final Database database;

    private final Outbox outbox;

    CardTest(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        outbox = new Outbox(database, InstantSource.fixed(NOW), HOME);
    }

    @Test
    void aCardComesBackWithItsButtonsEachLabelOnOneLine() {
        long id = outbox.add(CARD);
        Outgoing.Card stored = (Outgoing.Card) outbox.attempt(id).orElseThrow().what();
        assertThat(stored.rows().getFirst()).isEqualTo(CARD.rows().getFirst());
        assertThat(stored.rows().get(1)).containsExactly(new Button("Always: all of it", "0c", "/always k3"));
        assertThat(stored.markdown()).isEqualTo("may I?");
        assertThat(stored.name()).isEqualTo("prompt:k3");
    }

    @Test
    void aChangeOfADeliveredCardNamesItsMessage() {
        long card = outbox.add(CARD);
        outbox.attempt(card);
        outbox.sent(card, "77");
        long change = outbox.add(ALLOWED);
        OutboxRow row = outbox.attempt(change).orElseThrow();
        assertThat(row.what()).isEqualTo(ALLOWED);
        ShownCard shown = row.changes().orElseThrow();
        assertThat(shown.messageId()).contains("77");
        assertThat(shown.card().markdown()).isEqualTo("may I?");
    }

    @Test
    void aChangeOfAnUnsentCardIsSentWithItOnceAndWithoutButtons() {
        long card = outbox.add(CARD);
        assertThat(outbox.add(ALLOWED)).isEqualTo(card);
        assertThat(outbox.waiting("telegram")).hasSize(1);
        Outgoing.Card stored =
                (Outgoing.Card) outbox.attempt(card).orElseThrow().what();
        assertThat(stored.markdown()).isEqualTo("may I?\n\nallowed by ann");
        assertThat(stored.rows()).isEmpty();
    }

    @Test
    void aChangeWaitsForACardThatIsOnItsWay() {
        long card = outbox.add(CARD);
        outbox.attempt(card);
        long change = outbox.add(ALLOWED);
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(card);
        outbox.sent(card, "77");
        assertThat(outbox.waiting("telegram")).extracting(Waiting::id).containsExactly(change);
    }

    @Test
    void aChangeIsRepeatedAsOftenAsItIsUncertain() {
        long card = outbox.add(CARD);
        outbox.attempt(card);
        outbox.sent(card, "77");
        long change = outbox.add(ALLOWED);
        for (int i = 0; i < 3; i++) {
            assertThat(outbox.attempt(change)).isPresent();
            assertThat(outbox.uncertain(change, NOW, "no answer")).isTrue();
        }
    }

    @Test
    void aChangeOfACardThatIsGoneKnowsNone() {
        long change = outbox.add(ALLOWED);
        assertThat(outbox.attempt(change).orElseThrow().changes()).isEmpty();
    }

    @Test
    void aReplyToACardFindsItsSession() {
        long card = outbox.add(CARD);
        outbox.attempt(card);
        outbox.sent(card, "77");
        long change = outbox.add(ALLOWED);
        outbox.attempt(change);
        outbox.sent(change, "77");
        assertThat(outbox.sessionOf(HOME, "77")).contains("a");
    }
}
