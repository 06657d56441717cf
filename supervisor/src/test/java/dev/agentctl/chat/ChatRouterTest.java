package dev.agentctl.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What operators write, and what comes of it.
@Timeout(60)
final class ChatRouterTest {
    @TempDir
    Path temporary;

    private Optional<ChatUnderTest> opened = Optional.empty();

    private ChatUnderTest open(String... names) throws IOException, InterruptedException {
        ChatUnderTest chat = new ChatUnderTest(temporary, names);
        opened = Optional.of(chat);
        return chat;
    }

    @AfterEach
    void close() {
        opened.ifPresent(ChatUnderTest::close);
    }

    @Test
    void aSessionIsStoppedInTwoStepsByACodeOrAButton() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        var session = chat.running("a");
        chat.say("/stop a");
        Outgoing.Card card = chat.hearCard();
        assertThat(card.markdown()).contains("Stop it?").contains("/stop a ");
        assertThat(session.view().state().word()).isEqualTo("running");
        assertThat(chat.press(card, "Stop a")).isEqualTo("confirmed");
        chat.hear("Stopping");
        chat.hear("⏹ stopped");
        assertThat(chat.press(card, "Stop a")).startsWith("Already pressed");
        chat.say("/stop");
        assertThat(chat.hear()).contains("already stopped");
    }

    @Test
    void aCodeIsOnlyForWhoAskedAndOnlyOnce() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.running("a");
        chat.say("/restart a");
        Outgoing.Card card = chat.hearCard();
        chat.press("815", card, "Restart a");
        assertThat(chat.hear()).contains("does not hold");
        String code = card.markdown().replaceAll("(?s).*`/restart a (\\d+)`.*", "$1");
        chat.say("/restart a " + code);
        assertThat(chat.hear()).contains("does not hold");
    }

    @Test
    void aViewerLooksAndDoesNothingElseNotEvenByAButton() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.running("a");
        chat.say("viewer", "/status a", Optional.empty(), Instant.now());
        assertThat(chat.hear()).contains("**a**");
        chat.say("viewer", "do it", Optional.empty(), Instant.now());
        assertThat(chat.hear()).startsWith("You are a viewer; that takes an operator.");
        assertThat(chat.queue.pending("a")).isEmpty();
        chat.say("/stop a");
        chat.press("viewer", chat.hearCard(), "Stop a");
        assertThat(chat.hear()).startsWith("You are a viewer");
    }

    /// A log of 15 bytes whose middle somebody has taken away.
    @Test
    void aStatusTellsWhatTheLogHasLost() throws IOException, InterruptedException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        Path log = Files.createDirectories(folder.session("a").resolve("log"));
        Files.write(log.resolve("%020d.bytes".formatted(0)), new byte[10]);
        Files.write(log.resolve("%020d.bytes".formatted(4_000)), new byte[5]);
        ChatUnderTest chat = open("a", "b");
        chat.say("/status a");
        assertThat(chat.hear()).contains("\nLost of its log: 3990 bytes (a full or failing disk, or removed files)");
        chat.say("/status b");
        assertThat(chat.hear()).contains("**b**").doesNotContain("Lost");
    }

    @Test
    void aRestartGoesThroughBothStepsAndSaysWhenItRunsAgain() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        long before = chat.running("a").view().model().generation();
        chat.say("/restart a");
        chat.press(chat.hearCard(), "Restart a");
        chat.hear("Restarting");
        chat.hear("▶ restarted");
        assertThat(chat.sessions.find("a").orElseThrow().view().model().generation())
                .isGreaterThan(before);
    }

    @Test
    void aMistypedNameOffersTheNearestAndNothingIsSentToAnother() throws IOException, InterruptedException {
        ChatUnderTest chat = open("project-a", "website");
        chat.say("/to projct-a fix it");
        Outgoing.Card card = chat.hearCard();
        assertThat(card.markdown()).contains("There is no session `projct-a`");
        assertThat(card.rows()).hasSize(1);
        assertThat(chat.queue.pending("project-a")).isEmpty();
        chat.press(card, "project-a");
        assertThat(chat.queue.pending("project-a")).extracting(m -> m.text()).containsExactly("fix it");
    }

    @Test
    void wordsGoToTheOnlySessionElseItIsAsked() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a", "b");
        chat.say("fix it");
        Outgoing.Card card = chat.hearCard();
        assertThat(card.markdown()).isEqualTo("For which session?");
        chat.press(card, "b");
        assertThat(chat.queue.pending("b")).extracting(m -> m.text()).containsExactly("fix it");
        assertThat(chat.queue.pending("a")).isEmpty();
    }

    @Test
    void withOneSessionNoCommandNeedsItsName() throws IOException, InterruptedException {
        ChatUnderTest chat = open("project-a");
        chat.say("/to fix it");
        assertThat(chat.queue.pending("project-a")).extracting(m -> m.text()).containsExactly("fix it");
        chat.hear("waits until it runs");
        chat.say("/queue");
        assertThat(chat.hear()).contains("`fix it`");
        chat.say("/queue clear");
        chat.hear("1 message to `project-a` withdrawn");
        assertThat(chat.queue.pending("project-a")).isEmpty();
    }

    @Test
    void aReplySpeaksOfTheMessagesSession() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a", "b");
        chat.running("b");
        chat.say("/stop b");
        chat.press(chat.hearCard(), "Stop b");
        chat.hear("⏹ stopped");
        String id = chat.aMessageOf("b");
        chat.say("4711", "go on", Optional.of(id), Instant.now());
        assertThat(chat.queue.pending("b")).extracting(m -> m.text()).containsExactly("go on");
    }

    @Test
    void whatWasWrittenLongAgoIsAskedAboutBeforeItIsRun() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.say("4711", "drop the\ntable", Optional.empty(), Instant.now().minusSeconds(3_600));
        Outgoing.Card card = chat.hearCard();
        assertThat(card.markdown()).contains("1 h 0 min ago").contains("not").contains("/to a drop the table");
        assertThat(chat.queue.pending("a")).isEmpty();
        chat.press(card, "▶ Run");
        assertThat(chat.queue.pending("a")).extracting(m -> m.text()).containsExactly("drop the\ntable");
        chat.hear("waits until it runs");
        chat.say("4711", "/status", Optional.empty(), Instant.now().minusSeconds(3_600));
        assertThat(chat.hear()).contains("`a` stopped");
    }

    @Test
    void keysAreTypedAndTheLogShowsThem() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        var session = chat.running("a");
        chat.say("/keys a h e l l o Enter");
        assertThat(chat.hear()).contains("typed into `a`");
        Instant end = Instant.now().plusSeconds(30);
        while (!String.join("", session.lastLines(10)).contains("hellohello")
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        chat.say("/keys a Entre");
        assertThat(chat.hear()).contains("No key is called `Entre`; nothing was pressed");
        chat.say("/log a 5");
        assertThat(chat.hear()).isEqualTo("```\nhello\nhello\n```");
        assertThat(chat.audit.list(10)).noneMatch(entry -> entry.action().contains("hello"));
    }

    @Test
    void theScreenIsAPictureWhereTheChatShowsPicturesElseText() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.running("a");
        chat.say("/screen");
        assertThat(chat.hear()).startsWith("The screen of `a` is empty.");
        chat.say(ChatAddress.of("pictures", "1"), "4711", "/screen", Optional.empty(), Instant.now());
        Outgoing shown = chat.next();
        if (shown instanceof Outgoing.Document picture) {
            assertThat(PictureKind.of(picture.file())).contains(PictureKind.PNG);
        } else {
            // no font on this machine
            assertThat(shown).isInstanceOf(Outgoing.Text.class);
        }
    }

    @Test
    void aScreenWithASecretIsTextWithTheSecretHiddenInEveryChat() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        var session = chat.running("a");
        String secret = "ghp_" + "0123456789".repeat(4);
        var _ = session.press(("key " + secret + "\r").getBytes(UTF_8));
        Instant end = Instant.now().plusSeconds(30);
        while (session.lastLines(10).size() < 2 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        chat.say(ChatAddress.of("pictures", "1"), "4711", "/screen", Optional.empty(), Instant.now());
        assertThat(chat.hear()).contains("key ⟨hidden: GitHub token⟩").doesNotContain("ghp_");
    }

    @Test
    void filesAreKeptInTheProjectsInboxAndTheAgentIsToldWhere() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        Path staged = Files.writeString(temporary.resolve("staged"), "content");
        chat.send("see this", new ReceivedFile("photo", "../../.evil name\n.png", staged));
        Path saved = temporary.toRealPath().resolve(".agentctl/inbox/1-evil_name_.png");
        assertThat(chat.queue.pending("a"))
                .extracting(m -> m.text())
                .containsExactly("see this\n[photo from your operator: " + saved + "]");
        assertThat(saved).hasContent("content");
        assertThat(temporary.resolve(".agentctl/.gitignore")).hasContent("*");
        chat.hear("waits until it runs");
        Files.delete(saved);
        Path inbox = temporary.resolve(".agentctl/inbox");
        Files.delete(inbox);
        Files.createSymbolicLink(inbox, Path.of("/tmp"));
        chat.send("", new ReceivedFile("photo", "x", Files.writeString(temporary.resolve("staged"), "content")));
        assertThat(chat.hear()).contains("could not be saved").contains("is no folder");
    }

    @Test
    void aFileWithSecretsIsSentToAnOwnerInTwoStepsAndToNobodyElse() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        Files.writeString(temporary.resolve(".env.local"), "KEY=value");
        chat.say("operator", "/file a .env.local", Optional.empty(), Instant.now());
        assertThat(chat.hear()).contains("looks like it holds secrets").contains("Only an owner");
        chat.say("/file a .env.local");
        Outgoing.Card card = chat.hearCard();
        assertThat(card.markdown()).contains("looks like it holds secrets").contains("/secret a ");
        chat.press("operator", card, "Send .env.local");
        assertThat(chat.hear()).startsWith("You are an operator; that takes an owner");
        chat.say("/file a .env.local");
        chat.press(chat.hearCard(), "Send .env.local");
        chat.hear(".env.local");
        assertThat(chat.audit.list(10)).anyMatch(entry -> entry.outcome().equals("sent .env.local"));
    }

    @Test
    void aFileThatTheProjectNamesIsNoSecret() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        Files.writeString(temporary.resolve(".env.example"), "KEY=");
        Files.createSymbolicLink(temporary.resolve("example"), Path.of(".env.example"));
        for (String path : List.of(".env.example", "./example")) {
            chat.say("operator", "/file a " + path, Optional.empty(), Instant.now());
            chat.hear(".env.example");
        }
        assertThat(chat.audit.list(10).stream().filter(entry -> entry.outcome().equals("sent .env.example")))
                .hasSize(2);
    }

    @Test
    void aCommandThatIsHandledAgainIsAnsweredOnce() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        Incoming twice = new Incoming(
                "test:again", ChatUnderTest.HERE, "4711", "7", "/queue a", Optional.empty(), Instant.now());
        chat.router.handle(twice);
        chat.router.handle(twice);
        chat.say("/help");
        assertThat(chat.hear()).startsWith("Nothing waits for `a`");
        assertThat(chat.hear()).startsWith("**agentctl**");
    }

    @Test
    void anInterruptEndsAProgramsWork() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        var session = chat.running("a");
        chat.say("/interrupt");
        assertThat(chat.hear()).contains("asked `a` to end its turn; it was running");
        ChatUnderTest.await(session, view -> view.state().childPid() == 0);
    }

    @Test
    void everyArgumentErrorShowsTheUsage() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        for (String line :
                List.of("/to", "/to a", "/file", "/file a", "/keys a", "/log a x", "/mute a x", "/queue a x")) {
            chat.say(line);
            assertThat(chat.hear()).as(line).startsWith("Usage: `" + line.split(" ", 2)[0] + " [ID]");
        }
    }

    @Test
    void helpAndTheMenuNameEveryCommandAndEachOfThemExists() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.say("/help");
        String help = chat.hear();
        for (CommandWord word : CommandWord.values()) {
            assertThat(help).contains("`" + word.usage() + "`");
            assertThat(word.does().length()).isBetween(1, 256);
            assertThat(ChatCommand.parse("/" + word.word() + " a")).isNotInstanceOf(ChatCommand.Unknown.class);
        }
        chat.say("/statsu");
        assertThat(chat.hear()).isEqualTo("There is no `/statsu`; did you mean `/status [ID]`?");
    }

    @Test
    void aMutedSessionIsSaidToBeSoAndUsageNamesWhatItTakes() throws IOException, InterruptedException {
        ChatUnderTest chat = open("a");
        chat.running("a");
        chat.say("/mute 2h");
        assertThat(chat.hear()).contains("makes no sound for 2 h 0 min");
        chat.say("/mute off");
        assertThat(chat.hear()).contains("may make sounds again");
        chat.say("/usage");
        assertThat(chat.hear()).contains("Memory: ").contains("Processes: 1").contains("Runs for");
    }
}
