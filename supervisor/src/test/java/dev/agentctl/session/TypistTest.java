package dev.agentctl.session;

import static dev.agentctl.session.RecordingChild.SESSION;
import static dev.agentctl.session.TypistUnderTest.enters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.session.Message.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a message gets into an agent's composer and is submitted.
@Timeout(60)
class TypistTest {
    @AutoClose
    private final TypistUnderTest test;

    TypistTest(@TempDir Path folder) throws IOException, InterruptedException {
        test = new TypistUnderTest(folder);
    }

    @Test
    void nothingIsTypedWhileTheAgentTakesNothing() throws IOException {
        test.told.accepts = false;
        Message message = test.add("hello");
        test.pump();
        assertThat(test.child.typed()).isEmpty();
        assertThat(test.queue.head(SESSION)).contains(message);
    }

    @Test
    void nothingIsTypedWhereThatEndsWhileTheQueueIsRead() throws IOException {
        test.told.looks.add(true);
        test.told.accepts = false;
        Message message = test.add("hello");
        test.pump();
        assertThat(test.child.typed()).isEmpty();
        assertThat(test.queue.head(SESSION)).contains(message);
    }

    @Test
    void aScreenThatShowsNoComposerIsLookedAtAgain() throws IOException, InterruptedException {
        test.told.accepts = false;
        test.told.hidden = true;
        test.add("hello");
        test.pump();
        assertThat(test.child.typed()).isEmpty();
        test.inMailbox(() -> test.told.accepts = true);
        assertThat(test.heard.await(Stage.TYPED).text()).isEqualTo("hello");
    }

    @Test
    void aMessageIsPastedThenSubmittedThenProven() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.inMailbox(() -> test.typist.accepted(" hello\n", "hook UserPromptSubmit"));
        assertThat(test.heard.await(Stage.ACCEPTED).evidence()).contains("hook UserPromptSubmit");
        assertThat(test.queue.delivery("key of hello").orElseThrow().typedAt()).isPresent();
        String typed = test.child.typed();
        assertThat(typed).contains("\u001b[200~hello \u001b[201~").endsWith("\r");
        assertThat(enters(typed)).isEqualTo(1);
        assertThat(test.queue.waiting(SESSION)).isZero();
    }

    @Test
    void twoMessagesAreTypedOneAfterTheOthersProof() throws IOException, InterruptedException {
        test.add("first");
        test.add("second");
        test.pump();
        assertThat(test.heard.await(Stage.TYPED).text()).isEqualTo("first");
        assertThat(test.child.typed()).doesNotContain("second");
        test.inMailbox(() -> test.typist.accepted("first", "hook UserPromptSubmit"));
        // the session has yet to learn from the same report that a turn has begun
        test.told.accepts = false;
        test.pump();
        assertThat(test.heard.await(Stage.ACCEPTED).text()).isEqualTo("first");
        assertThat(test.heard.advances).isEmpty();
        test.told.accepts = true;
        test.pump();
        assertThat(test.heard.await(Stage.TYPED).text()).isEqualTo("second");
    }

    @Test
    void whatOpensDuringThePauseIsNotAnswered() throws IOException, InterruptedException {
        Message message = test.add("yes");
        test.told.acceptsOne();
        test.pump();
        test.child.await("\u001b[201~");
        test.awaitStored(message);
        assertThat(enters(test.child.typed())).isZero();
        test.told.accepts = true;
        test.pump();
        test.heard.await(Stage.TYPED);
        test.inMailbox(() -> test.typist.accepted("yes", "hook UserPromptSubmit"));
        test.heard.await(Stage.ACCEPTED);
    }

    @Test
    void whatThePersonAtTheTerminalSubmitsIsNotTypedAgain() throws IOException, InterruptedException {
        Message message = test.add("left in the composer");
        test.told.acceptsOne();
        test.pump();
        test.child.await("\u001b[201~");
        test.awaitStored(message);
        assertThat(enters(test.child.typed())).isZero();
        test.inMailbox(() -> test.typist.accepted("left in the composer", "hook UserPromptSubmit"));
        test.heard.await(Stage.ACCEPTED);
        test.told.accepts = true;
        test.pump();
        assertThat(test.queue.head(SESSION)).isEmpty();
        assertThat(test.child.typed()).doesNotContain("composer");
    }

    @Test
    void whatTheComposerDoesNotShowIsTypedAnewBeforeItsEnter() throws IOException, InterruptedException {
        test.told.echoes = false;
        test.add("hello");
        test.pump();
        String typed = test.child.await("\u001b[201~");
        while (typed.indexOf("\u001b[201~") == typed.lastIndexOf("\u001b[201~")) {
            typed = test.child.awaitMore();
        }
        assertThat(enters(typed)).isZero();
        test.inMailbox(() -> test.told.screen = "❯ hello");
        test.heard.await(Stage.TYPED);
        assertThat(enters(test.child.typed())).isEqualTo(1);
    }

    @Test
    void whatItsScreenKeptFromBeingSubmittedIsLookedAtAgain() throws IOException, InterruptedException {
        test.told.hidden = true;
        test.told.acceptsOne();
        Message message = test.add("hello");
        test.pump();
        test.child.await("\u001b[201~");
        test.awaitStored(message);
        test.inMailbox(() -> test.told.accepts = true);
        assertThat(test.heard.await(Stage.TYPED).text()).isEqualTo("hello");
        assertThat(enters(test.child.typed())).isEqualTo(1);
    }

    /// What stood there without its Enter when the supervisor is killed, the next message would be joined to.
    @Test
    void aLineIsTypedWithItsEnterAtOnce() throws IOException, InterruptedException {
        test.serve(AgentKind.COMMAND);
        test.told.pastes = false;
        Message line = test.add("whole");
        test.told.acceptsOne();
        test.pump();
        test.heard.await(Stage.TYPED);
        assertThat(test.child.typed()).isEqualTo("whole\r");
        assertThat(test.queue.underWay(SESSION)).extracting(Message::id).contains(line.id());
    }

    @Test
    void aMessageThatAWaitingCallTookIsNotTyped() throws IOException {
        Message message = test.add("for the call");
        assertThat(test.queue.claim(message.id(), Stage.ANSWERED)).isTrue();
        test.pump();
        assertThat(test.child.typed()).isEmpty();
        assertThat(test.queue.claim(message.id(), Stage.TYPING)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"TYPING", "SUBMITTING", "TYPED"})
    void aFullDiskHoldsAMessageUpAndLosesNone(Stage stage) throws IOException, InterruptedException {
        test.failsAt = stage;
        test.add("hello");
        test.mailbox.post(() -> test.typist.pump(SESSION));
        test.heard.await(Stage.TYPED);
        test.inMailbox(() -> test.typist.accepted("hello", "hook UserPromptSubmit"));
        test.heard.await(Stage.ACCEPTED);
        assertThat(test.failsAt).isNull();
        assertThat(enters(test.child.typed())).isEqualTo(1);
    }
}
