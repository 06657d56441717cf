package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.host.HostReply;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WaitingTest {
    private static final long LONG = 60_000;
    private static final String SCRIPT = "echo ready; while read -r line; do case $line in exit*) exit ${line#exit };;"
            + " last) seq 1 20000; echo last words; exit;; esac;"
            + " echo said $line; done";

    @AutoClose
    private final SupervisedScript script;

    private final Sessions sessions;
    private final Session session;

    WaitingTest(@TempDir Path temporary) throws IOException, InterruptedException {
        script = new SupervisedScript(temporary, SCRIPT, "1s");
        sessions = script.sessions;
        session = script.session;
    }

    private CompletableFuture<ControlReply> begin(WaitGoal goal) {
        return CompletableFuture.supplyAsync(() -> Waiting.on(session, goal, LONG));
    }

    private void type(String text) {
        session.press(text.getBytes(StandardCharsets.UTF_8))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private ControlReply.Reached reached(CompletableFuture<ControlReply> waiting) {
        return (ControlReply.Reached) waiting.orTimeout(50, TimeUnit.SECONDS).join();
    }

    @Test
    void aStateThatCannotComeIsRefusedAtOnce() {
        assertThat(Waiting.on(session, new WaitGoal.State("idle"), LONG))
                .isEqualTo(new ControlReply.Refused(
                        ExitCode.NOT_RUNNING, "a is stopped, so that cannot come; start it with: agentctl start a"));
        assertThat(Waiting.on(session, new WaitGoal.State("stopped"), 0)).isInstanceOf(ControlReply.Reached.class);
        assertThat(Waiting.on(session, new WaitGoal.Exit(0), LONG)).isInstanceOf(ControlReply.Refused.class);
    }

    @Test
    void whatIsOnTheScreenIsSeenWhenItComes() {
        sessions.start(session, false);
        awaitStart();
        CompletableFuture<ControlReply> waiting = begin(new WaitGoal.Text("said hello"));
        type("well\rhello you\r");
        assertThat(reached(waiting).seen()).isEqualTo("said hello you");
        // and what is there already
        assertThat(Waiting.on(session, new WaitGoal.Text("said well"), 0))
                .isInstanceOfSatisfying(
                        ControlReply.Reached.class,
                        there -> assertThat(there.seen()).isEqualTo("said well"));
        assertThat(Waiting.on(session, new WaitGoal.Text("never"), 1))
                .isEqualTo(new ControlReply.NotYet("running", session.evidence(), new WaitGoal.Text("never")));
    }

    @Test
    void theLastWordsOfAProgramAreSeenThoughItsEndIsKnownFirst() {
        sessions.start(session, false);
        awaitStart();
        CompletableFuture<ControlReply> waiting = begin(new WaitGoal.Text("last words"));
        type("last\r");
        assertThat(reached(waiting).seen()).isEqualTo("last words");
    }

    @Test
    void whatAHostHasLostIsNotKnownWithoutIt() {
        // it is not waited for long
        Optional<Map<String, Long>> lost = sessions.lostBytes();
        while (lost.isEmpty()) {
            lost = sessions.lostBytes();
        }
        assertThat(lost).contains(Map.of());
        script.link.close();
        assertThat(sessions.lostBytes()).isEmpty();
    }

    private void awaitStart() {
        session.when(view -> view.state().childPid() != 0)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        ControlReply running = Waiting.on(session, new WaitGoal.State("running"), LONG);
        assertThat(running).isInstanceOf(ControlReply.Reached.class);
    }

    @Test
    void anEndTellsItsStatus() {
        sessions.start(session, false);
        awaitStart();
        CompletableFuture<ControlReply> waiting = begin(new WaitGoal.Exit(0));
        type("exit 7\r");
        assertThat(reached(waiting).exitStatus()).contains("7");
        // one that was seen already, too
        assertThat(reached(CompletableFuture.completedFuture(Waiting.on(session, new WaitGoal.Exit(0), LONG)))
                        .exitStatus())
                .contains("7");
    }

    private ControlReply.Delivered delivered(String key, String seen, long millis) {
        return (ControlReply.Delivered) new DeliveryWait(sessions, session, key, seen).await(millis);
    }

    @Test
    void aMessageIsFollowedFromTheQueueToTheTerminal() {
        sessions.send(session, "hello", Optional.empty(), "key");
        // nobody runs who could take it: told at once, though nothing is new
        ControlReply.Delivered waits = delivered("key", "stored", LONG);
        assertThat(waits.over()).isTrue();
        assertThat(waits.state()).isEqualTo("stopped");
        sessions.start(session, false);
        awaitStart();
        ControlReply.Delivered typed = delivered("key", "stored", LONG);
        while (!typed.over()) {
            typed = delivered("key", typed.message().orElseThrow().stage(), LONG);
        }
        // which is all that a program of kind command is ever seen to do
        assertThat(typed.message().orElseThrow().stage()).isEqualTo("typed");
        assertThat(typed.message().orElseThrow().typedAt()).isPositive();
    }

    @Test
    void aMessageThatDoesNotMoveIsToldAfterTheTimeAndOneThatIsWithdrawnAtOnce() {
        sessions.start(session, false);
        awaitStart();
        sessions.personTyped(new HostReply.PersonTyped("a", true));
        sessions.send(session, "hello", Optional.empty(), "key");
        assertThat(delivered("key", "stored", 1).over()).isFalse();
        CompletableFuture<ControlReply.Delivered> waiting =
                CompletableFuture.supplyAsync(() -> delivered("key", "stored", LONG));
        assertThat(sessions.withdraw("a")).isEqualTo(1);
        ControlReply.Delivered withdrawn =
                waiting.orTimeout(50, TimeUnit.SECONDS).join();
        assertThat(withdrawn.message().orElseThrow().stage()).isEqualTo("withdrawn");
        assertThat(delivered("never sent", "", LONG).message()).isEmpty();
    }

    @Test
    void waitingEndsWhenTheGoalCannotComeAnyMore() {
        sessions.start(session, false);
        awaitStart();
        CompletableFuture<ControlReply> waiting = begin(new WaitGoal.Text("never"));
        sessions.stop(session);
        assertThat(waiting.orTimeout(50, TimeUnit.SECONDS).join()).isInstanceOf(ControlReply.Refused.class);
    }
}
