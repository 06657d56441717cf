package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static dev.agentctl.telegram.ChatUnderTest.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentctl.chat.ReceivedFile;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that people send.
final class TelegramFilesTest {
    @AutoClose
    private final ChatUnderTest test;

    TelegramFilesTest(@TempDir Path folder) {
        test = new ChatUnderTest(folder);
    }

    @Test
    void aDocumentIsFetchedAndComesWithItsWords() throws InterruptedException {
        test.start();
        send("look at this", message -> document(message, "notes é.txt", "content"));
        ChatUnderTest.Received received = test.nextReceived();
        assertThat(received.message().text()).isEqualTo("look at this");
        ReceivedFile file = received.files().getFirst();
        assertThat(file.what()).isEqualTo("document");
        assertThat(file.name()).isEqualTo("notes é.txt");
        assertThat(received.contents()).containsExactly("content");
    }

    @Test
    void ofAPhotoTheLargestSizeIsFetched() throws InterruptedException {
        test.start();
        send("", message -> {
            var sizes = message.putArray("photo");
            sizes.addObject().put("file_id", file("small"));
            sizes.addObject().put("file_id", file("large"));
        });
        ChatUnderTest.Received received = test.nextReceived();
        assertThat(received.files().getFirst().what()).isEqualTo("photo");
        assertThat(received.contents()).containsExactly("large");
    }

    @Test
    void whatWasSentAsOneComesAsOneWhateverIsWrittenMeanwhile() throws InterruptedException {
        test.start();
        for (int i = 1; i <= 3; i++) {
            String name = i + ".txt";
            String caption = i == 2 ? "three files" : "";
            send(caption, message -> {
                document(message, name, name);
                message.put("media_group_id", "7");
            });
        }
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "meanwhile");
        assertThat(test.nextHandled().text()).isEqualTo("meanwhile");
        ChatUnderTest.Received received = test.nextReceived();
        assertThat(received.message().text()).isEqualTo("three files");
        assertThat(received.files()).extracting(ReceivedFile::name).containsExactly("1.txt", "2.txt", "3.txt");
        test.telegram.awaitConfirmed(SOON);
        assertThat(test.received).isEmpty();
    }

    @Test
    void oneThatIsTooLargeIsDeclinedWithTheReasonAndAStrangersIsNotFetched() throws InterruptedException {
        test.start();
        test.telegram.sendFromUser(STRANGER, STRANGER, "", message -> document(message, "x", "x"));
        send("", message -> document(message, "big", "x").put("file_size", 21L << 20));
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().text()).contains("larger than the 20 MB");
        assertThat(test.telegram.calls("getFile")).isZero();
        assertThat(test.received).isEmpty();
    }

    @Test
    void oneThatTelegramHasLostIsDeclinedAndTheNextIsFetched() throws InterruptedException {
        test.telegram.faults().next("getFile", 1, new Fault.Refusal(400, "Bad Request: wrong file_id", 0));
        test.start();
        send("", message -> document(message, "lost", "x"));
        send("", message -> document(message, "there", "x"));
        ReceivedFile file = test.nextReceived().files().getFirst();
        assertThat(file.name()).isEqualTo("there");
        assertThat(test.telegram.awaitFromBot(1, SOON).getFirst().text()).contains("cannot be had from Telegram");
    }

    private void send(String caption, java.util.function.Consumer<ObjectNode> change) {
        test.telegram.sendFromUser(OPERATOR, OPERATOR, "", message -> {
            change.accept(message);
            if (!caption.isEmpty()) {
                message.put("caption", caption);
            }
        });
    }

    private ObjectNode document(ObjectNode message, String name, String content) {
        return message.putObject("document")
                .put("file_id", file(content))
                .put("file_name", name)
                .put("file_size", content.length());
    }

    private String file(String content) {
        return test.telegram.addFile(content.getBytes(StandardCharsets.UTF_8));
    }
}
