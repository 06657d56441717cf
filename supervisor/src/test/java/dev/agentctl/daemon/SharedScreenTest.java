package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Askers;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.OperatorDesk;
import dev.agentctl.chat.Post;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.tools.Caller;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What of a session's screen others see: another project's agent, and a client from elsewhere.
@Timeout(180)
final class SharedScreenTest {
    /// Made up, and put together so that no scanner takes this file for a leak.
    private static final String SECRET = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789ABCD";

    /// The secret begins in one row of 80 and ends in the next.
    private static final String SCRIPT = "printf '%060d ' 0; echo " + SECRET + "; echo shown; exec sleep 1000\n";

    @AutoClose
    private final SupervisedScript test;

    SharedScreenTest(@TempDir Path temporary) throws IOException, InterruptedException {
        test = new SupervisedScript(temporary, SCRIPT, "1s");
    }

    @Test
    void secretsOnAScreenAreHiddenFromOthersToo() {
        test.sessions.start(test.session, false);
        assertThat(Waiting.on(test.session, new WaitGoal.Text("shown"), 30_000))
                .isInstanceOf(ControlReply.Reached.class);
        SeenSessions neighbours =
                new SeenSessions(() -> test.sessions, SupervisedScript.none(Post.class), Masking.SHAPES);
        assertHidden(neighbours.screen(new Caller("b", 1), "a").orElseThrow());
        assertHidden(fleet().screen("a").orElseThrow());
    }

    private static void assertHidden(String screen) {
        assertThat(screen).contains("⟨hidden: GitHub token⟩", "shown").doesNotContain("ghp_", SECRET.substring(30));
    }

    private FleetDesk fleet() {
        Post post = SupervisedScript.none(Post.class);
        OperatorDesk desk = new OperatorDesk(
                test.tables.questions(),
                test.tables.buttons(),
                post,
                _ -> {
                    throw new IllegalStateException("not asked");
                },
                SupervisedScript.none(Askers.class),
                test.clock);
        PromptDesk prompts =
                new PromptDesk(test.tables.prompts(), test.tables.buttons(), post, test.clock, test.timers);
        return new FleetDesk(
                test.sessions,
                _ -> new ControlReply.Refused(ExitCode.ERROR, "not asked"),
                test.tables.questions(),
                desk,
                prompts,
                test.tables.audit(),
                Masking.SHAPES);
    }
}
