package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.session.Delivery;
import dev.agentctl.session.Message;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.session.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTableTest {
    @TempDir
    Path folder;

    private static final Instant START = Instant.parse("2026-11-26T14:02:11Z");

    private Instant now = START;
    private Database database;
    private MessageTable queue;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        queue = new MessageTable(database, () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void tick() {
        now = now.plusSeconds(1);
    }

    private Message add(String session, String text) {
        return queue.add(session, text, Optional.empty(), session + ":" + text).orElseThrow();
    }

    private List<String> drain(String session) {
        List<String> texts = new ArrayList<>();
        Optional<Message> head = queue.head(session);
        while (head.isPresent()) {
            texts.add(head.get().text());
            assertThat(queue.claim(head.get().id(), Stage.ACCEPTED)).isTrue();
            head = queue.head(session);
        }
        return texts;
    }

    @Test
    void messagesComeInTheirOrderAlsoAfterReopening() {
        add("a", "1");
        add("b", "x");
        add("a", "2");
        close();
        open();
        add("a", "3");
        assertThat(drain("a")).containsExactly("1", "2", "3");
        assertThat(drain("b")).containsExactly("x");
    }

    @Test
    void aMessageKeepsWhereItCameFrom() {
        Origin origin = new Origin("telegram", "1", Optional.of("7"), "99");
        queue.add("a", "ünï\n✓", Optional.of(origin), "k");
        Message head = queue.head("a").orElseThrow();
        assertThat(head.origin()).contains(origin);
        assertThat(head.text()).isEqualTo("ünï\n✓");
    }

    @Test
    void aKeyIsUsedOnceWhateverBecameOfItsMessage() {
        add("a", "1");
        assertThat(queue.add("a", "again", Optional.empty(), "a:1")).isEmpty();
        drain("a");
        assertThat(queue.add("a", "again", Optional.empty(), "a:1")).isEmpty();
        assertThat(queue.add("b", "again", Optional.empty(), "a:1")).isEmpty();
        assertThat(queue.head("a")).isEmpty();
    }

    @Test
    void whatTheSupervisorSaysComesFirst() {
        add("a", "1");
        queue.sayFirst("a", Optional.of("begin"));
        assertThat(drain("a")).containsExactly("begin", "1");
    }

    @Test
    void whatTheSupervisorSaysReplacesWhatItSaidInVain() {
        queue.sayFirst("a", Optional.of("begin"));
        queue.sayFirst("b", Optional.of("other"));
        queue.sayFirst("a", Optional.of("begin again"));
        assertThat(drain("a")).containsExactly("begin again");
        queue.sayFirst("a", Optional.of("and again"));
        queue.sayFirst("a", Optional.empty());
        assertThat(drain("a")).isEmpty();
        assertThat(drain("b")).containsExactly("other");
    }

    @Test
    void aMessageThatIsPutBackKeepsItsPlace() {
        Message first = add("a", "1");
        add("a", "2");
        queue.advance(first.id(), Stage.TYPING);
        assertThat(queue.head("a").map(Message::text)).contains("2");
        queue.advance(first.id(), Stage.STORED);
        assertThat(drain("a")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aStageSaysWhetherAMessageWaitsOrIsUnderWay(Stage stage) {
        Message message = add("a", "1");
        queue.advance(message.id(), stage);
        boolean waits = stage == Stage.STORED || stage == Stage.TYPING || stage == Stage.SUBMITTING;
        boolean underWay = stage == Stage.TYPING || stage == Stage.SUBMITTING || stage == Stage.TYPED;
        assertThat(queue.waiting("a")).isEqualTo(waits ? 1 : 0);
        assertThat(queue.underWay("a")).hasSize(underWay ? 1 : 0);
        assertThat(queue.head("a").isPresent()).isEqualTo(stage == Stage.STORED);
        assertThat(queue.claim(message.id(), Stage.TYPING)).isEqualTo(stage == Stage.STORED);
    }

    @Test
    void eachStepIsKeptWithItsTimeAndTheProofAlsoAfterReopening() {
        Message message = add("a", "1");
        tick();
        queue.advance(message.id(), Stage.SUBMITTING);
        tick();
        queue.advance(message.id(), Stage.TYPED);
        tick();
        queue.advance(message.id(), Stage.ACCEPTED, Optional.of("hook UserPromptSubmit"));
        close();
        open();
        Delivery delivery = queue.delivery("a:1").orElseThrow();
        assertThat(delivery.message().stage()).isEqualTo(Stage.ACCEPTED);
        assertThat(delivery.storedAt()).isEqualTo(START);
        assertThat(delivery.typedAt()).contains(START.plusSeconds(2));
        assertThat(delivery.since()).isEqualTo(START.plusSeconds(3));
        assertThat(delivery.evidence()).contains("hook UserPromptSubmit");
        assertThat(queue.delivery("a:2")).isEmpty();
    }

    @Test
    void whatWasNotSeenTypedIsNotSaidToHaveBeen() {
        Message message = add("a", "1");
        queue.advance(message.id(), Stage.SUBMITTING);
        queue.advance(message.id(), Stage.UNCERTAIN, Optional.of("the agent ended"));
        Delivery delivery = queue.delivery("a:1").orElseThrow();
        assertThat(delivery.typedAt()).isEmpty();
        assertThat(delivery.evidence()).contains("the agent ended");
    }

    @Test
    void theNewestThatWaitNoLongerStandBeforeThoseThatWait() {
        for (String text : List.of("1", "2", "3")) {
            tick();
            queue.advance(add("a", text).id(), Stage.ACCEPTED);
        }
        add("a", "4");
        queue.sayFirst("a", Optional.of("5"));
        add("b", "x");
        assertThat(queue.deliveries("a", 2))
                .extracting(delivery -> delivery.message().text())
                .containsExactly("2", "3", "5", "4");
    }

    @Test
    void aDeletedSessionsMessagesAreWithdrawn() {
        add("a", "1");
        Message typing = add("a", "2");
        queue.advance(typing.id(), Stage.TYPING);
        Message submitted = add("a", "3");
        queue.advance(submitted.id(), Stage.SUBMITTING);
        add("b", "x");
        assertThat(queue.withdrawAll("a")).extracting(Message::text).containsExactlyInAnyOrder("1", "2");
        assertThat(queue.head("a")).isEmpty();
        assertThat(queue.underWay("a")).extracting(Message::id).containsExactly(submitted.id());
        assertThat(queue.waiting("b")).isEqualTo(1);
    }
}
