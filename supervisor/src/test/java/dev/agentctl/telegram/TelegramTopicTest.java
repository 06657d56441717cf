package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A topic for each session, and the message of what goes on.
final class TelegramTopicTest {
    @AutoClose
    private final ChatUnderTest test;

    TelegramTopicTest(@TempDir Path folder) {
        test = new ChatUnderTest(folder);
        test.titles = Map.of("a", "🟢 a", "b", "⏳ b");
    }

    @Test
    void eachSessionsNewsGoesToItsOwnTopicAndWhatIsWrittenThereIsForIt() throws InterruptedException {
        test.telegram.allowTopics(OPERATOR);
        test.start();
        test.say(Kind.FINAL, "a", "done");
        test.say(Kind.QUESTION, "b", "really?");
        long topicOfA = test.telegram.awaitTopic("🟢 a", SOON);
        long topicOfB = test.telegram.awaitTopic("⏳ b", SOON);
        test.telegram.awaitFromBot(2, SOON);
        assertThat(only("done").thread()).hasValue(topicOfA);
        assertThat(only("really?").thread()).hasValue(topicOfB);
        test.telegram.sendFromUser(
                OPERATOR,
                OPERATOR,
                "go on",
                message -> message.put("is_topic_message", true).put("message_thread_id", topicOfB));
        Incoming incoming = test.nextHandled();
        assertThat(incoming.from().thread()).contains(Long.toString(topicOfB));
        assertThat(test.outbox.sessionOfThread(incoming.from())).contains("b");
        assertThat(test.outbox.sessionOfThread(ChatAddress.of("telegram", "4711")))
                .isEmpty();
    }

    @Test
    void theTopicsNameFollowsTheState() {
        test.telegram.allowTopics(OPERATOR);
        test.start();
        test.say(Kind.FINAL, "a", "done");
        test.telegram.awaitTopic("🟢 a", SOON);
        test.titles = Map.of("a", "💥 a");
        test.telegram.awaitTopic("💥 a", SOON);
        assertThat(test.telegram.fromBot()).hasSize(1);
    }

    @Test
    void aDeletedTopicCostsNoMessageAndIsMadeAnew() {
        test.telegram.allowTopics(OPERATOR);
        test.start();
        test.say(Kind.FINAL, "a", "one");
        test.telegram.awaitFromBot(1, SOON);
        test.telegram.deleteTopic(test.telegram.awaitTopic("🟢 a", SOON));
        test.say(Kind.FINAL, "a", "two");
        test.say(Kind.FINAL, "a", "three");
        test.telegram.awaitMessage(message -> message.text().endsWith("three"), SOON);
        assertThat(only("two").thread()).isEmpty();
        assertThat(only("three").thread()).hasValue(test.telegram.awaitTopic("🟢 a", SOON));
    }

    @Test
    void withoutTopicsTheNameStandsBeforeTheTextAndItIsNotTriedEachTime() {
        test.start();
        test.say(Kind.FINAL, "a", "one");
        test.say(Kind.FINAL, "a", "two");
        test.telegram.awaitFromBot(2, SOON);
        assertThat(only("[a] two").thread()).isEmpty();
        assertThat(test.telegram.calls("createForumTopic")).isEqualTo(1);
    }

    @Test
    void anAnswerToACommandStaysWhereItWasWritten() {
        test.telegram.allowTopics(OPERATOR);
        test.start();
        test.say(new Outgoing.Text(Kind.REPLY, ChatUnderTest.here(), Optional.of("a"), "answer", Optional.of("77")));
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().thread()).isEmpty();
    }

    @Test
    void whatGoesOnIsOneSilentMessageThatIsChangedInPlace() {
        test.start();
        progress("⏳ 1 step");
        ChatMessage shown = test.telegram.awaitFromBot(1, SOON).getFirst();
        assertThat(shown.silent()).isTrue();
        for (int i = 2; i <= 50; i++) {
            progress("⏳ " + i + " steps");
        }
        test.telegram.awaitMessage(
                message -> message.id() == shown.id() && message.text().equals("[a] ⏳ 50 steps"), SOON);
        assertThat(test.telegram.fromBot()).hasSize(1);
        assertThat(test.telegram.calls("editMessageText")).isLessThan(49);
    }

    @Test
    void aChangeThatIsLostOrRefusedIsNoMessageMore() {
        test.start();
        progress("one");
        ChatMessage shown = test.telegram.awaitFromBot(1, SOON).getFirst();
        test.telegram.faults().next("editMessageText", 1, new Fault.CutAfterBody());
        progress("two");
        test.telegram.awaitMessage(message -> message.text().equals("[a] two"), SOON);
        progress("three");
        test.telegram.awaitMessage(
                message -> message.id() == shown.id() && message.text().equals("[a] three"), SOON);
        assertThat(test.telegram.fromBot()).hasSize(1);
    }

    private void progress(String text) {
        test.say(new Outgoing.Live(Optional.empty(), Optional.of("a"), "turn:a:1", text, Optional.empty()));
    }

    private ChatMessage only(String text) {
        return test.telegram.awaitMessage(message -> message.text().equals(text), SOON);
    }
}
