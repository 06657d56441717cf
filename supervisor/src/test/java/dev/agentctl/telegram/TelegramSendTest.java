package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Outgoing.Progress;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said, from the outbox to the server.
final class TelegramSendTest {
    private final Path folder;

    @AutoClose
    private final ChatUnderTest test;

    TelegramSendTest(@TempDir Path folder) {
        this.folder = folder;
        test = new ChatUnderTest(folder);
    }

    @Test
    void aMessageArrivesFormattedAndOnlyQuestionsAndFinalAnswersRing() {
        test.start();
        for (Kind kind : Kind.values()) {
            test.say(kind, kind.name(), "**" + kind + "**");
        }
        List<ChatMessage> sent = test.telegram.awaitFromBot(4, SOON);
        assertThat(sent).allSatisfy(message -> {
            assertThat(message.chatId()).isEqualTo(OPERATOR);
            assertThat(message.entities()).hasSize(1);
        });
        assertThat(sent)
                .filteredOn(message -> !message.silent())
                .extracting(TelegramSendTest::words)
                .containsExactlyInAnyOrder("QUESTION", "FINAL");
    }

    @Test
    void aRestartWithTwoHundredWaitingMessagesKeepsTheirOrder() {
        for (int i = 0; i < 200; i++) {
            test.say(i % 3 == 0 ? Kind.FINAL : Kind.REPLY, "a", "message " + i);
        }
        test.start();
        test.telegram.awaitFromBot(50, SOON);
        test.stop();
        test.start();
        assertThat(test.telegram.awaitFromBot(200, SOON))
                .extracting(TelegramSendTest::words)
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void aLongTextArrivesInNumberedPartsAndEachLeadsToItsSession() {
        String text = ("paragraph " + "word ".repeat(150) + "\n\n").repeat(12);
        test.start();
        test.say(Kind.FINAL, "project-a", text);
        List<ChatMessage> parts = test.telegram.awaitFromBot(3, SOON);
        assertThat(parts).extracting(part -> part.text().substring(0, 4)).containsExactly("1/3\n", "2/3\n", "3/3\n");
        test.stop();
        assertThat(parts).allSatisfy(part -> assertThat(sessionOf(part)).contains("project-a"));
    }

    @Test
    void aVeryLongTextIsItsBeginningAndAFile() {
        String text = "word ".repeat(10_000);
        test.start();
        test.say(Kind.FINAL, "a", text);
        List<ChatMessage> sent = test.telegram.awaitFromBot(2, SOON);
        assertThat(sent.getFirst().text()).startsWith("1/");
        ChatMessage.Document document = sent.getLast().document().orElseThrow();
        assertThat(document.name()).isEqualTo("message.md");
        assertThat(new String(document.content(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void aDocumentArrivesWithNameCaptionAndContent() throws IOException {
        Path file = Files.writeString(folder.resolve("report.txt"), "content é");
        test.start();
        test.say(new Outgoing.Document(
                Optional.empty(), Optional.of("a"), file, "my report.txt", "the caption", Optional.empty()));
        ChatMessage message = test.telegram.awaitFromBot(1, SOON).getFirst();
        ChatMessage.Document document = message.document().orElseThrow();
        assertThat(document.name()).isEqualTo("my report.txt");
        assertThat(document.caption()).isEqualTo("the caption");
        assertThat(new String(document.content(), StandardCharsets.UTF_8)).isEqualTo("content é");
        test.stop();
        assertThat(sessionOf(message)).contains("a");
    }

    @Test
    void questionsAndFinalWordsDoNotWaitForALargeFile() throws IOException {
        CountDownLatch slow = new CountDownLatch(1);
        test.telegram.faults().next("sendDocument", 1, new Fault.Held(slow));
        test.start();
        for (String name : List.of("large.bin", "other.bin")) {
            Path file = Files.write(folder.resolve(name), new byte[8 << 20]);
            test.say(new Outgoing.Document(Optional.empty(), Optional.of("a"), file, name, name, Optional.empty()));
        }
        test.telegram.awaitCalls("sendDocument", 1, SOON);
        test.say(Kind.QUESTION, "a", "which?");
        test.say(Kind.FINAL, "a", "done");
        assertThat(test.telegram.awaitFromBot(2, SOON))
                .extracting(ChatMessage::text)
                .containsExactly("[a] which?", "[a] done");
        slow.countDown();
        assertThat(test.telegram.awaitFromBot(4, SOON).subList(2, 4))
                .extracting(message -> message.document().orElseThrow().name())
                .containsExactly("large.bin", "other.bin");
        assertThat(test.telegram.calls("sendDocument")).isEqualTo(2);
    }

    @Test
    void aDocumentThatIsGoneIsSaid() {
        test.start();
        test.say(new Outgoing.Document(
                Optional.empty(), Optional.of("a"), folder.resolve("gone"), "gone", "", Optional.empty()));
        assertThat(words(test.telegram.awaitFromBot(1, SOON).getFirst())).isEqualTo("⚠ gone cannot be read any more.");
    }

    /// An agent in a sandbox may not have what is outside sent in the place of what it may have.
    @Test
    void aLinkThatHasTakenADocumentsPlaceIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("report.txt"), "secret");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path file = Files.createSymbolicLink(inside.resolve("report.txt"), outside.resolve("report.txt"));
        Path within = Files.createSymbolicLink(folder.resolve("docs"), outside).resolve("report.txt");
        test.start();
        for (Path swapped : List.of(file, within)) {
            test.say(new Outgoing.Document(
                    Optional.empty(), Optional.of("a"), swapped, "report.txt", "", Optional.empty()));
        }
        assertThat(test.telegram.awaitFromBot(2, SOON))
                .extracting(TelegramSendTest::words)
                .containsOnly("⚠ report.txt is now behind a link, which is not followed.");
        assertThat(test.telegram.calls("sendDocument")).isZero();
    }

    @Test
    void receiptsClimbTheLadderOnTheOperatorsOwnMessage() throws InterruptedException {
        test.start();
        long id = test.telegram.sendFromUser(OPERATOR, OPERATOR, "/to a go");
        test.nextHandled();
        Map<Progress, String> ladder =
                new EnumMap<>(Map.of(Progress.STORED, "👀", Progress.TYPED, "✍", Progress.ACCEPTED, "👍"));
        ladder.forEach((progress, emoji) -> {
            test.say(new Outgoing.Receipt(ChatUnderTest.here(), Long.toString(id), progress));
            test.telegram.awaitMessage(
                    message -> message.id() == id && message.reaction().equals(Optional.of(emoji)), SOON);
        });
        test.say(new Outgoing.Receipt(ChatUnderTest.here(), Long.toString(id), Progress.WITHDRAWN));
        test.telegram.awaitMessage(
                message -> message.id() == id && message.reaction().isEmpty(), SOON);
    }

    @Test
    void aReactionThatIsRefusedIsForgotten() {
        test.start();
        test.say(new Outgoing.Receipt(ChatUnderTest.here(), "999", Progress.STORED));
        test.say(Kind.REPLY, "a", "after");
        assertThat(words(test.telegram.awaitFromBot(1, SOON).getFirst())).isEqualTo("after");
        assertThat(test.audit.list(10)).isEmpty();
    }

    @Test
    void anAnswerRepliesToItsQuestionAndToNothingIfThatIsGone() throws InterruptedException {
        test.start();
        long id = test.telegram.sendFromUser(OPERATOR, OPERATOR, "/status");
        test.nextHandled();
        test.say(answerTo(id));
        test.say(answerTo(99_999));
        List<ChatMessage> sent = test.telegram.awaitFromBot(2, SOON);
        assertThat(sent.getFirst().replyTo()).hasValue(id);
        assertThat(sent.getLast().replyTo()).isEmpty();
    }

    @Test
    void aTopicThatIsGoneIsReplacedByTheChat() {
        test.start();
        test.say(new Outgoing.Text(
                Kind.FINAL,
                Optional.of(new dev.agentctl.chat.ChatAddress("telegram", Long.toString(OPERATOR), Optional.of("55"))),
                Optional.of("a"),
                "text",
                Optional.empty()));
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().thread()).isEmpty();
    }

    @Test
    void refusedFormattingCostsOnlyTheFormatting() {
        test.telegram.faults().next("sendMessage", 1, new Fault.Refusal(400, "Bad Request: can't parse entities", 0));
        test.start();
        test.say(Kind.FINAL, "a", "**bold**");
        ChatMessage sent = test.telegram.awaitFromBot(1, SOON).getFirst();
        assertThat(words(sent)).isEqualTo("bold");
        assertThat(sent.entities()).isEmpty();
    }

    @Test
    void aFloodedChatIsLeftAloneForTheWholeTime() {
        test.telegram.closeChat(OPERATOR, Duration.ofSeconds(5));
        test.start();
        test.say(Kind.FINAL, "a", "one");
        test.say(Kind.FINAL, "b", "two");
        test.say(Kind.QUESTION, "c", "three");
        List<ChatMessage> sent = test.telegram.awaitFromBot(3, SOON);
        assertThat(sent).extracting(TelegramSendTest::words).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(test.telegram.floodRefusals()).isEqualTo(1);
    }

    @Test
    void atTheNormalPaceTheServerNeverRefuses() {
        test.telegram.enforceFloodRules(true);
        test.start(test.handled::add, Pace.normal());
        for (int i = 0; i < 8; i++) {
            test.say(Kind.FINAL, "session " + i, "message " + i);
        }
        assertThat(test.telegram.awaitFromBot(8, SOON)).hasSize(8);
        assertThat(test.telegram.floodRefusals()).isZero();
    }

    @Test
    void aCutAfterTheBodyIsRepeatedOnceAndSaysSo() {
        test.telegram.faults().next("sendMessage", 1, new Fault.CutAfterBody());
        test.start();
        test.say(Kind.FINAL, "a", "**done**");
        List<ChatMessage> sent = test.telegram.awaitFromBot(2, SOON);
        assertThat(sent).extracting(TelegramSendTest::words).containsExactly("done", "↻ may be a repeat\ndone");
        assertThat(sent.getLast().entities()).hasSize(1);
        assertThat(test.telegram.calls("sendMessage")).isEqualTo(2);
    }

    @Test
    void newsThatMayHaveArrivedIsNotRepeated() {
        test.telegram.faults().next("sendMessage", 1, new Fault.CutAfterBody());
        test.start();
        test.say(Kind.STATUS, "a", "working");
        test.say(Kind.REPLY, "b", "after");
        test.telegram.awaitMessage(message -> words(message).equals("after"), SOON);
        assertThat(test.telegram.fromBot()).extracting(TelegramSendTest::words).doesNotHaveDuplicates();
    }

    @Test
    void aSecondDoubtEndsInTheAuditInsteadOfAThirdCopy() {
        test.telegram.faults().next("sendMessage", 2, new Fault.CutAfterBody());
        test.start();
        test.say(Kind.FINAL, "a", "done");
        test.say(Kind.FINAL, "a", "after");
        test.telegram.awaitMessage(message -> words(message).equals("after"), SOON);
        assertThat(test.telegram.fromBot())
                .extracting(TelegramSendTest::words)
                .containsExactly("done", "↻ may be a repeat\ndone", "after");
        assertThat(test.audit.list(1).getFirst().outcome()).startsWith("not delivered: no answer");
    }

    @Test
    void aProxysErrorPageIsRetriedWithAMarkUntilItWorks() {
        test.telegram.faults().next("sendMessage", 4, new Fault.BadGateway());
        test.start();
        test.say(Kind.QUESTION, "a", "really?");
        assertThat(test.telegram.awaitFromBot(1, SOON))
                .extracting(TelegramSendTest::words)
                .containsExactly("↻ may be a repeat\nreally?");
    }

    @Test
    void anErrorOfTheServerItselfIsRetriedWithoutAMark() {
        test.telegram.faults().next("sendMessage", 2, new Fault.Refusal(500, "Internal Server Error", 0));
        test.start();
        test.say(Kind.QUESTION, "a", "really?");
        assertThat(test.telegram.awaitFromBot(1, SOON))
                .extracting(TelegramSendTest::words)
                .containsExactly("really?");
    }

    @Test
    void aMessageThatIsRefusedForEverIsInTheAuditAndTheNextGoesOn() {
        test.telegram.faults().next("sendMessage", 1, new Fault.Refusal(400, "Bad Request: something new", 0));
        test.start();
        test.say(Kind.FINAL, "a", "one");
        test.say(Kind.FINAL, "a", "two");
        assertThat(words(test.telegram.awaitFromBot(1, SOON).getFirst())).isEqualTo("two");
        assertThat(test.audit.list(1).getFirst().outcome()).isEqualTo("not delivered: 400 Bad Request: something new");
    }

    @Test
    void theCommandsAreOfferedToOperators() {
        test.start();
        test.say(Kind.REPLY, "a", "text");
        test.telegram.awaitFromBot(1, SOON);
        assertThat(test.telegram.commands())
                .anyMatch(command -> command.path("command").asText().equals("sessions"));
    }

    @Test
    void aMessageNamesItsSession() {
        test.start();
        test.say(Kind.FINAL, "project-a", "all **done**");
        ChatMessage sent = test.telegram.awaitFromBot(1, SOON).getFirst();
        assertThat(sent.text()).isEqualTo("[project-a] all done");
    }

    /// A message without the name of its session.
    private static String words(ChatMessage message) {
        return message.text().replaceFirst("\\[[A-Za-z-]+] ", "");
    }

    private static Outgoing answerTo(long messageId) {
        return new Outgoing.Text(
                Kind.REPLY, Optional.empty(), Optional.empty(), "answer", Optional.of(Long.toString(messageId)));
    }

    private Optional<String> sessionOf(ChatMessage message) {
        return test.outbox.sessionOf(ChatUnderTest.here().orElseThrow(), Long.toString(message.id()));
    }
}
