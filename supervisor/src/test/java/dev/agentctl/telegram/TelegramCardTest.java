package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.FAST;
import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static dev.agentctl.telegram.ChatUnderTest.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Button;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Press;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cards with buttons, and who presses them.
final class TelegramCardTest {
    private static final String ALLOW = "0123456789abcdef0123456789abcdef";
    private static final String DENY = "fedcba9876543210fedcba9876543210";

    @AutoClose
    private final ChatUnderTest test;

    TelegramCardTest(@TempDir Path folder) {
        test = new ChatUnderTest(folder);
    }

    @Test
    void aCardHasItsButtonsAndAPressReachesTheHandlerAndIsAnswered() throws InterruptedException {
        test.start();
        ChatMessage card = show("Run **this**?");
        assertThat(card.keyboard())
                .singleElement()
                .satisfies(
                        row -> assertThat(row).extracting(ChatMessage.Key::text).containsExactly("Allow", "Deny"));
        String query = test.telegram.pressFromUser(
                OPERATOR, OPERATOR, card.id(), card.key("Allow").data());
        Press press = test.nextPressed();
        assertThat(press.action()).isEqualTo(ALLOW);
        assertThat(press.user()).isEqualTo(Long.toString(OPERATOR));
        assertThat(press.messageId()).isEqualTo(Long.toString(card.id()));
        assertThat(test.telegram.awaitAnswer(query, SOON)).isEqualTo("pressed " + ALLOW);
    }

    @Test
    void aSettledCardLosesItsButtonsAndSaysWhatHappened() {
        test.start();
        ChatMessage card = show("Run **this**?");
        settle("✅ *allowed*");
        ChatMessage settled = test.telegram.awaitMessage(
                each -> each.id() == card.id() && each.keyboard().isEmpty(), SOON);
        assertThat(settled.text()).isEqualTo("[a] Run this?\n\n✅ allowed");
        assertThat(settled.entities()).hasSize(2);
        assertThat(test.telegram.fromBot()).hasSize(1);
    }

    @Test
    void anEditWithoutAnAnswerIsRepeatedWithoutACopy() {
        test.start();
        ChatMessage card = show("Run this?");
        test.telegram.faults().next("editMessageText", 1, new Fault.CutAfterBody());
        settle("allowed");
        test.say(Kind.REPLY, "b", "after");
        test.telegram.awaitMessage(each -> each.text().equals("[b] after"), SOON);
        test.telegram.awaitCalls("editMessageText", 2, SOON);
        assertThat(test.telegram.fromBot()).hasSize(2);
        assertThat(test.telegram
                        .awaitMessage(each -> each.id() == card.id(), SOON)
                        .text())
                .isEqualTo("[a] Run this?\n\nallowed");
    }

    @Test
    void theOutcomeOfACardThatIsGoneIsAMessage() {
        test.start();
        show("Run this?");
        test.telegram
                .faults()
                .next("editMessageText", 1, new Fault.Refusal(400, "Bad Request: message to edit not found", 0));
        settle("allowed");
        assertThat(test.telegram.awaitFromBot(2, SOON).getLast().text()).isEqualTo("[a] allowed");
    }

    @Test
    void aVeryLongCardIsAFileAndThenItsBeginningWithTheButtons() {
        test.start();
        test.say(card("word ".repeat(10_000)));
        List<ChatMessage> sent = test.telegram.awaitFromBot(2, SOON);
        assertThat(sent.getFirst().document()).isPresent();
        assertThat(sent.getLast().keyboard()).isNotEmpty();
    }

    @Test
    void aPressNeverWaitsBehindAMessage() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        test.start(
                new IncomingHandler() {
                    @Override
                    public void handle(Incoming message) {
                        busy.countDown();
                        await(release);
                    }

                    @Override
                    public String press(Press press) {
                        return "done";
                    }
                },
                FAST);
        ChatMessage card = show("Run this?");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hold");
        await(busy);
        test.telegram.faults().next("sendMessage", 1, new Fault.Silence());
        test.say(Kind.REPLY, "a", "a message that hangs");
        test.telegram.awaitCalls("sendMessage", 2, SOON);
        String query = test.telegram.pressFromUser(OPERATOR, OPERATOR, card.id(), ALLOW);
        assertThat(test.telegram.awaitAnswer(query, SOON)).isEqualTo("done");
        release.countDown();
    }

    @Test
    void aStrangersPressAndOneInAForeignGroupDoNothing() throws InterruptedException {
        test.start();
        ChatMessage card = show("Run this?");
        test.telegram.pressFromUser(STRANGER, OPERATOR, card.id(), ALLOW);
        String query = test.telegram.pressFromUser(OPERATOR, OPERATOR, card.id(), DENY);
        assertThat(test.telegram.awaitAnswer(query, SOON)).isEqualTo("pressed " + DENY);
        assertThat(test.pressed).extracting(Press::action).containsExactly(DENY);
        assertThat(test.audit.list(1).getFirst().outcome()).isEqualTo("refused: unknown user");
    }

    private ChatMessage show(String markdown) {
        test.say(card(markdown));
        return test.telegram.awaitFromBot(1, SOON).getLast();
    }

    private void settle(String outcome) {
        test.say(new Outgoing.CardChange(ChatUnderTest.here(), Optional.of("a"), "prompt:1", outcome));
    }

    private static Outgoing card(String markdown) {
        return new Outgoing.Card(
                Kind.QUESTION,
                ChatUnderTest.here(),
                Optional.of("a"),
                "prompt:1",
                markdown,
                List.of(List.of(new Button("Allow", ALLOW, "/allow 1"), new Button("Deny", DENY, "/deny 1"))),
                Optional.empty());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
