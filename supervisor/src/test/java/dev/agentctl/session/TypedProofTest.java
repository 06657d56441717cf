package dev.agentctl.session;

import static dev.agentctl.session.RecordingChild.SESSION;
import static dev.agentctl.session.TypistUnderTest.enters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.session.Message.Stage;
import dev.agentctl.session.TypistUnderTest.Advance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is known of a message that was submitted, and what is done where nothing proves it.
@Timeout(60)
class TypedProofTest {
    @AutoClose
    private final TypistUnderTest test;

    TypedProofTest(@TempDir Path folder) throws IOException, InterruptedException {
        test = new TypistUnderTest(folder);
    }

    @Test
    void withoutProofOneMoreEnterAndNeverAThird() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        Advance end = test.heard.await(Stage.UNCERTAIN);
        assertThat(end.evidence()).isPresent();
        assertThat(enters(test.child.typed())).isEqualTo(2);
        assertThat(test.queue.waiting(SESSION)).isZero();
        test.pump();
        assertThat(test.child.typed()).isEmpty();
    }

    @Test
    void withoutProofAndWithADialogOpenThereIsNoSecondEnter() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.told.accepts = false;
        test.heard.await(Stage.UNCERTAIN);
        assertThat(enters(test.child.typed())).isEqualTo(1);
    }

    @Test
    void theTranscriptProvesWhatNoHookDid() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.told.inTranscript = true;
        assertThat(test.heard.await(Stage.ACCEPTED).evidence()).contains("the agent's transcript");
        assertThat(enters(test.child.typed())).isEqualTo(1);
    }

    @Test
    void aHookThatComesLateEndsTheDoubt() throws InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.UNCERTAIN);
        test.inMailbox(() -> test.typist.accepted("hello", "hook UserPromptSubmit"));
        assertThat(test.heard.await(Stage.ACCEPTED).evidence()).contains("hook UserPromptSubmit, late");
        assertThat(test.queue.delivery("key of hello").orElseThrow().message().stage())
                .isEqualTo(Stage.ACCEPTED);
    }

    @Test
    void whatTheAgentDroppedIsTypedAgain() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.inMailbox(() -> test.told.screen = "");
        assertThat(test.heard.await(Stage.STORED).evidence()).contains("the agent dropped it; it is typed again");
        test.heard.await(Stage.TYPED);
        test.inMailbox(() -> test.typist.accepted("hello", "hook UserPromptSubmit"));
        test.heard.await(Stage.ACCEPTED);
        assertThat(enters(test.child.typed())).isEqualTo(2);
    }

    @Test
    void anEndBeforeTheProofIsUncertain() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.child.kill();
        test.inMailbox(test.typist::childEnded);
        assertThat(test.heard.await(Stage.UNCERTAIN).evidence()).contains("the agent ended before it confirmed it");
    }

    @Test
    void anEndBeforeTheProofIsAcceptedByTheTranscript() throws IOException, InterruptedException {
        test.add("hello");
        test.pump();
        test.heard.await(Stage.TYPED);
        test.told.inTranscript = true;
        test.inMailbox(test.typist::childEnded);
        test.heard.await(Stage.ACCEPTED);
    }

    @Test
    void anEndBeforeTheEnterPutsItBack() throws InterruptedException {
        Message message = test.add("hello");
        test.child.kill();
        test.pump();
        test.heard.await(Stage.TYPING);
        test.told.accepts = false;
        test.inMailbox(test.typist::childEnded);
        assertThat(test.queue.head(SESSION)).contains(message);
    }
}
