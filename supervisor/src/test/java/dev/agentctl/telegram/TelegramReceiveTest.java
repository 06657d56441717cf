package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.FAST;
import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static dev.agentctl.telegram.ChatUnderTest.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.Role;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Inbox;
import dev.agentctl.testkit.telegram.ChatMessage;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people write, from the server to the handler.
final class TelegramReceiveTest {
    private static final long GROUP = -100;

    @AutoClose
    private final ChatUnderTest test;

    TelegramReceiveTest(@TempDir Path folder) {
        test = new ChatUnderTest(folder);
    }

    @Test
    void anOperatorsMessageReachesTheHandlerOnce() throws InterruptedException {
        test.start();
        long id = test.telegram.sendFromUser(OPERATOR, OPERATOR, "/to project-a fix it");
        Incoming message = test.nextHandled();
        assertThat(message.key()).isEqualTo("telegram:7000000001:0:1");
        assertThat(message.from()).isEqualTo(ChatAddress.of("telegram", "4711"));
        assertThat(message.user()).isEqualTo("4711");
        assertThat(message.messageId()).isEqualTo(Long.toString(id));
        assertThat(message.text()).isEqualTo("/to project-a fix it");
        assertThat(message.replyTo()).isEmpty();
        test.telegram.awaitConfirmed(SOON);
        expectNothingMore();
    }

    @Test
    void aReplySaysWhatItAnswers() throws InterruptedException {
        test.start();
        test.say(dev.agentctl.chat.Outgoing.Kind.FINAL, "project-a", "done");
        ChatMessage done = test.telegram.awaitFromBot(1, SOON).getFirst();
        test.telegram.replyFromUser(OPERATOR, OPERATOR, done.id(), "go on");
        Incoming reply = test.nextHandled();
        assertThat(reply.replyTo()).contains(Long.toString(done.id()));
        assertThat(test.outbox.sessionOf(reply.from(), reply.replyTo().orElseThrow()))
                .contains("project-a");
    }

    @Test
    void whatWasStoredButNotHandledIsHandledByTheNextProcess() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        test.start(
                _ -> {
                    begun.countDown();
                    park();
                },
                FAST);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "one");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "two");
        begun.await();
        test.telegram.awaitConfirmed(SOON);
        test.stop();
        test.start();
        assertThat(test.nextHandled().text()).isEqualTo("one");
        assertThat(test.nextHandled().text()).isEqualTo("two");
        expectNothingMore();
    }

    @Test
    void idsThatStartAgainAtALowerNumberAreNewMessages() throws InterruptedException {
        test.telegram.restartIdsAt(900_000);
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "before");
        assertThat(test.nextHandled().text()).isEqualTo("before");
        test.telegram.awaitConfirmed(SOON);
        test.telegram.restartIdsAt(17);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "after a quiet week");
        Incoming after = test.nextHandled();
        assertThat(after.text()).isEqualTo("after a quiet week");
        assertThat(after.key()).isEqualTo("telegram:7000000001:1:17");
        test.telegram.awaitConfirmed(SOON);
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "next");
        assertThat(test.nextHandled().key()).isEqualTo("telegram:7000000001:1:18");
    }

    @Test
    void anUnreadableUpdateDoesNotHoldUpTheNextMessage() throws InterruptedException {
        test.start();
        test.telegram.sendUpdate(JsonNodeFactory.instance.objectNode().put("message", "not an object"));
        test.telegram.sendFromUser(
                OPERATOR,
                OPERATOR,
                "strange",
                message -> message.putArray("entities")
                        .addObject()
                        .put("type", "of the future")
                        .put("offset", "x"));
        assertThat(test.nextHandled().text()).isEqualTo("strange");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "dated", message -> message.put("date", Long.MAX_VALUE));
        assertThat(test.nextHandled().text()).isEqualTo("dated");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "strange");
        assertThat(test.nextHandled().text()).isEqualTo("strange");
        assertThat(outcome(1)).isEqualTo("ignored: not a message");
    }

    @Test
    void aMessageThatTheHandlerFailsAtIsReportedAndPassed() throws InterruptedException {
        test.start(
                message -> {
                    if (message.text().equals("poison")) {
                        throw new IllegalStateException("boom");
                    }
                    test.handled.add(message);
                },
                FAST);
        long poison = test.telegram.sendFromUser(OPERATOR, OPERATOR, "poison");
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "fine");
        assertThat(test.nextHandled().text()).isEqualTo("fine");
        assertThat(outcome(1)).isEqualTo("failed: IllegalStateException");
        ChatMessage report = test.telegram.awaitFromBot(1, SOON).getFirst();
        assertThat(report.text()).contains("failed at this message");
        assertThat(report.replyTo()).hasValue(poison);
    }

    @Test
    void aStrangerGetsNoAnswerAndOneLineInTheAudit() throws InterruptedException {
        test.start();
        for (int i = 0; i < 5; i++) {
            test.telegram.sendFromUser(STRANGER, STRANGER, "/sessions");
        }
        expectNothingMore();
        assertThat(test.telegram.fromBot()).isEmpty();
        assertThat(test.audit.list(10)).singleElement().satisfies((Audit.Entry entry) -> {
            assertThat(entry.user()).isEqualTo("666");
            assertThat(entry.outcome()).isEqualTo("refused: unknown user");
        });
    }

    @Test
    void aUserNameMeansNothing() throws InterruptedException {
        test.start();
        test.telegram.sendFromUser(STRANGER, STRANGER, "/sessions", message -> name(message, "person" + OPERATOR));
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "renamed", message -> name(message, "somebody_else"));
        assertThat(test.nextHandled().text()).isEqualTo("renamed");
        expectNothingMore();
    }

    private static void name(ObjectNode message, String user) {
        message.withObject("/from").put("username", user);
    }

    @Test
    void whoeverWritesTheCodeJoinsAndNobodyElse() throws InterruptedException {
        String code = test.members.invite("telegram", Role.VIEWER);
        test.start();
        String wrong = "%08d".formatted((Integer.parseInt(code) + 1) % 100_000_000);
        test.telegram.sendFromUser(STRANGER, STRANGER, "/pair " + wrong);
        test.telegram.sendFromUser(STRANGER, GROUP, "/pair " + code);
        test.telegram.sendFromUser(STRANGER, STRANGER, "/sessions");
        test.telegram.sendFromUser(STRANGER, STRANGER, "/pair " + code);
        test.telegram.awaitMessage(
                message -> message.chatId() == STRANGER && message.text().contains("joined as viewer"), SOON);
        test.telegram.awaitMessage(
                message -> message.chatId() == OPERATOR && message.text().contains("User 666 joined"), SOON);
        test.telegram.sendFromUser(STRANGER, STRANGER, "/sessions");
        assertThat(test.nextHandled().user()).isEqualTo("666");
        test.telegram.sendFromUser(667, 667, "/pair " + code);
        expectNothingMore();
        assertThat(test.members.all()).hasSize(1);
    }

    @Test
    void nobodysAndForeignMessagesNeverCommand() throws InterruptedException {
        test.start();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        test.telegram.sendFromUser(
                OPERATOR,
                OPERATOR,
                "as channel",
                message -> message.putObject("sender_chat").put("id", -100).put("type", "channel"));
        test.telegram.sendFromUser(1_087_968_824L, GROUP, "anonymous admin");
        test.telegram.sendFromUser(OPERATOR, GROUP, "in another group");
        test.telegram.sendUpdate(nodes.objectNode()
                .set("channel_post", nodes.objectNode().put("message_id", 5).put("text", "post")));
        test.telegram.sendUpdate(nodes.objectNode()
                .set("edited_message", nodes.objectNode().put("message_id", 5).put("text", "edit")));
        expectNothingMore();
        assertThat(test.telegram.fromBot()).isEmpty();
    }

    @Test
    void forwardsAndPlacesAreDeclinedWithAReason() throws InterruptedException {
        test.start();
        test.telegram.sendFromUser(
                OPERATOR,
                OPERATOR,
                "/stop project-a",
                message -> message.putObject("forward_origin").put("type", "hidden_user"));
        test.telegram.sendFromUser(
                OPERATOR, OPERATOR, "", message -> message.putObject("location").put("latitude", 1));
        expectNothingMore();
        assertThat(test.telegram.awaitFromBot(2, SOON))
                .extracting(ChatMessage::text)
                .satisfiesExactly(
                        text -> assertThat(text).contains("forwarded"),
                        text -> assertThat(text).contains("Only text and files"));
    }

    @Test
    void aFailingStateFileLeavesTheUpdateOnTheServer() throws InterruptedException {
        try (LogLines log = LogLines.open()) {
            failAndMend(log);
        }
        assertThat(test.nextHandled().text()).isEqualTo("hello");
    }

    private void failAndMend(LogLines log) {
        test.changeStore(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END");
            }
        });
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "hello");
        log.await("full", SOON);
        test.changeStore(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP TRIGGER full");
            }
        });
    }

    @Test
    void aCommandForAnotherBotIsIgnoredAndOursLosesTheName() throws InterruptedException {
        test.start();
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "/status@standin_bot project-a");
        assertThat(test.nextHandled().text()).isEqualTo("/status project-a");
    }

    /// Sends a last message and sees that nothing else was handled before it.
    private void expectNothingMore() throws InterruptedException {
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "last");
        assertThat(test.nextHandled().text()).isEqualTo("last");
        assertThat(test.handled).isEmpty();
    }

    private String outcome(long updateId) {
        return test.inbox.outcome(new Inbox.Key("7000000001", 0, updateId)).orElse("pending");
    }

    private static void park() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
