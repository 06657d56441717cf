package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Delivered;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.MessageReport;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SendWaitTest {
    private static final long STORED = 1_767_225_600_000L;

    @TempDir
    Path temporary;

    private CommandRun commands;
    private StateFolder folder;
    private volatile FakeSupervisor supervisor;

    @BeforeEach
    void open() throws IOException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        commands = new CommandRun(folder);
        supervisor = new FakeSupervisor(folder);
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    private static Delivered at(String stage, long millis, boolean over, Optional<String> evidence) {
        return new Delivered(
                Optional.of(new MessageReport("go on", stage, STORED, 0, STORED + millis, evidence, "")),
                over,
                "working",
                "hook PreToolUse");
    }

    private static Delivered at(String stage, long millis) {
        return at(stage, millis, false, Optional.empty());
    }

    /// What a wait finds, one after the other; the last stays.
    private void finds(Delivered... deliveries) {
        Queue<Delivered> next = new ArrayDeque<>(List.of(deliveries));
        supervisor.answer(request -> {
            if (request instanceof ControlRequest.Send) {
                return new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "a: stored")));
            }
            return next.size() > 1 ? next.remove() : next.element();
        });
    }

    private Result send(String... options) {
        return commands.runWithInput("", true, arguments(options));
    }

    private static String[] arguments(String... options) {
        List<String> all = new ArrayList<>(List.of("send", "--wait"));
        all.addAll(List.of(options));
        all.addAll(List.of("a", "go", "on"));
        return all.toArray(String[]::new);
    }

    @Test
    void itTellsEachStepAndReturnsWithTheProof() throws InterruptedException {
        finds(
                at("stored", 0),
                at("submitting", 300),
                at("typed", 420),
                at("accepted", 1_230, true, Optional.of("hook UserPromptSubmit")));
        assertThat(send())
                .isEqualTo(new Result(
                        0,
                        "a: accepted after 1.2 s (hook UserPromptSubmit)\n",
                        "a: stored\na: typed after 0.4 s; waiting for the agent to confirm it\n"));
        ControlRequest.Send sent = (ControlRequest.Send) supervisor.asked();
        assertThat(sent.text()).isEqualTo("go on");
        for (String seen : List.of("", "stored", "submitting", "typed")) {
            assertThat(supervisor.asked()).isInstanceOfSatisfying(ControlRequest.AwaitDelivery.class, wait -> {
                assertThat(wait.key()).isEqualTo(sent.key());
                assertThat(wait.seen()).isEqualTo(seen);
            });
        }
    }

    @Test
    void aSupervisorThatIsRestartedMeanwhileIsAskedAgain() {
        CountDownLatch restarted = new CountDownLatch(1);
        supervisor.answer(request -> {
            if (request instanceof ControlRequest.Send) {
                return new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "a: stored")));
            }
            Thread.ofVirtual().start(() -> {
                restart();
                finds(at("accepted", 900, true, Optional.of("hook UserPromptSubmit")));
                restarted.countDown();
            });
            await(restarted);
            return at("stored", 0);
        });
        assertThat(send().out()).isEqualTo("a: accepted after 0.9 s (hook UserPromptSubmit)\n");
    }

    private void restart() {
        try {
            supervisor.close();
            supervisor = new FakeSupervisor(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachOutcomeHasItsExitCodeAndItsLine() {
        finds(at("stored", 0));
        assertThat(send("--timeout", "50ms").code()).isEqualTo(6);
        assertThat(send("--timeout", "50ms").err())
                .endsWith("agentctl: a: not accepted within 50ms, so the message stays queued; the session is working"
                        + " (hook PreToolUse)\n");
        finds(at("uncertain", 9, true, Optional.of("the agent has not confirmed it")));
        assertThat(send().code()).isEqualTo(1);
        assertThat(send().err()).contains("the agent has not confirmed it. It is not sent again by itself");
        finds(at("stored", 0, true, Optional.empty()));
        assertThat(send().code()).isEqualTo(3);
        assertThat(send().err()).contains("the message stays queued until: agentctl start a");
        finds(at("withdrawn", 0, true, Optional.empty()));
        assertThat(send().code()).isEqualTo(7);
        finds(at("typed", 400, true, Optional.empty()));
        assertThat(send().out()).isEqualTo("a: typed after 0.4 s; this program confirms nothing\n");
        finds(new Delivered(Optional.empty(), true, "working", ""));
        assertThat(send().out()).isEqualTo("a: taken as the answer to what the agent asked\n");
    }

    @Test
    void theObjectIsPrintedWhateverCameOfIt() {
        finds(at("typed", 1_000));
        Result late = commands.run(arguments("--json", "--timeout", "0"));
        assertThat(late.code()).isEqualTo(6);
        assertThat(late.out())
                .isEqualTo("{\"schema\":1,\"project\":\"a\",\"outcome\":\"timed-out\",\"message\":{\"stage\":\"typed\","
                        + "\"stored\":\"2026-01-01T00:00:00Z\",\"typed\":null,\"accepted\":null,"
                        + "\"since\":\"2026-01-01T00:00:01Z\",\"evidence\":null},\"state\":\"working\"}\n");
    }

    @Test
    void whatBelongsToTheWaitNeedsIt() {
        assertThat(commands.run("send", "--timeout", "5s", "a", "b").code()).isEqualTo(2);
        assertThat(commands.run("send", "--json", "a", "b").code()).isEqualTo(2);
        assertThat(commands.run("send", "--wait", "--timeout", "soon", "a", "b").code())
                .isEqualTo(2);
        assertThat(supervisor.wasAskedMore()).isFalse();
    }

    @Test
    void aRefusedMessageIsNotWaitedFor() {
        supervisor.answer(new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project 'a'"));
        assertThat(send()).isEqualTo(new Result(4, "", "agentctl: no project 'a'\n"));
    }
}
