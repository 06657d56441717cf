package dev.agentctl.session;

import static dev.agentctl.session.RecordingChild.SESSION;
import static dev.agentctl.session.TypistUnderTest.PROOF_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.session.TypistUnderTest.Advance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the next supervisor makes of messages that a former one was typing.
@Timeout(60)
class TypistTakeOverTest {
    @AutoClose
    private final TypistUnderTest test;

    TypistTakeOverTest(@TempDir Path folder) throws IOException, InterruptedException {
        test = new TypistUnderTest(folder);
    }

    @Test
    void whatWasBeingTypedWhenTheSupervisorDiedIsTypedAgainFirst() throws IOException, InterruptedException {
        Message first = test.add("first");
        test.add("second");
        test.queue.advance(first.id(), Stage.TYPING);
        test.inMailbox(() -> {
            test.typist.takeOver(SESSION);
            test.typist.pump(SESSION);
        });
        assertThat(test.heard.await(Stage.TYPED).text()).isEqualTo("first");
        assertThat(test.child.typed()).doesNotContain("second");
    }

    @Test
    void whatWasSubmittedWhenTheSupervisorDiedIsNotTypedAgain() throws IOException, InterruptedException {
        for (Stage stage : new Stage[] {Stage.SUBMITTING, Stage.TYPED}) {
            Message message = test.add("submitted " + stage);
            test.queue.advance(message.id(), stage);
        }
        test.inMailbox(() -> {
            test.typist.takeOver(SESSION);
            test.typist.pump(SESSION);
        });
        assertThat(test.heard.await(Stage.UNCERTAIN).text()).isEqualTo("submitted SUBMITTING");
        assertThat(test.heard.await(Stage.UNCERTAIN).text()).isEqualTo("submitted TYPED");
        assertThat(test.child.typed()).isEmpty();
        assertThat(test.queue.underWay(SESSION)).isEmpty();
    }

    @Test
    void whatWasSubmittedWhenTheSupervisorDiedIsProvenByALateHook() throws InterruptedException {
        Message message = test.add("submitted");
        test.queue.advance(message.id(), Stage.SUBMITTING);
        test.inMailbox(() -> test.typist.takeOver(SESSION));
        test.inMailbox(() -> test.typist.accepted("submitted", "hook UserPromptSubmit"));
        test.heard.await(Stage.ACCEPTED);
    }

    @Test
    void whatAProgramWithoutReportsWasTypedIsNotDoubtedLater() throws IOException, InterruptedException {
        test.serve(AgentKind.COMMAND);
        Message old = test.add("typed before");
        test.queue.advance(old.id(), Stage.TYPED);
        test.add("new");
        test.inMailbox(() -> {
            test.typist.takeOver(SESSION);
            test.typist.pump(SESSION);
        });
        Advance next = test.heard.advances.poll(PROOF_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isEqualTo(new Advance("new", Stage.TYPING, Optional.empty()));
        test.heard.await(Stage.TYPED);
        assertThat(test.child.typed()).contains("new").doesNotContain("before");
    }

    @Test
    void whatAProgramWithoutReportsWasBeingTypedIsSaidToBeUncertain() throws InterruptedException {
        test.serve(AgentKind.COMMAND);
        Message half = test.add("half typed");
        test.queue.advance(half.id(), Stage.TYPING);
        test.inMailbox(() -> test.typist.takeOver(SESSION));
        assertThat(test.heard.await(Stage.UNCERTAIN).evidence().orElse("")).contains("its Enter was not pressed");
    }
}
