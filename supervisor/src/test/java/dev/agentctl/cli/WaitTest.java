package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private CommandRun commands;
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

    @Test
    void eachGoalPrintsWhatAScriptNeeds() throws InterruptedException {
        supervisor.answer(new ControlReply.Reached("idle", "hook", "", Optional.empty()));
        assertThat(commands.run("wait", "a", "--for", "idle"))
                .isEqualTo(new CommandRun.Result(0, "a is idle (hook)\n", ""));
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Wait("a", new WaitGoal.State("idle"), 60_000));
        supervisor.answer(new ControlReply.Reached("running", "", "it is \u001b[up", Optional.empty()));
        assertThat(commands.run("wait", "a", "--for", "text=up").out()).isEqualTo("it is \uFFFD[up\n");
        supervisor.answer(new ControlReply.Reached("exited", "", "", Optional.of("3")));
        assertThat(commands.run("wait", "a", "--for", "exit")).isEqualTo(new CommandRun.Result(0, "3\n", ""));
        assertThat(commands.run("wait", "a", "--for", "exit", "--json").out())
                .isEqualTo("{\"schema\":1,\"project\":\"a\",\"for\":\"exit\",\"reached\":true,\"state\":\"exited\","
                        + "\"evidence\":\"\",\"line\":null,\"exitStatus\":3}\n");
        supervisor.answer(new ControlReply.Reached("running", "", "it is up", Optional.empty()));
        assertThat(commands.run("wait", "a", "--for", "text=up", "--json").out())
                .endsWith("\"evidence\":\"\",\"line\":\"it is up\",\"exitStatus\":null}\n");
    }

    @Test
    void waitingGoesOnForTheSameChildUntilTheTimeHasPassed() throws InterruptedException {
        supervisor.answer(new ControlReply.NotYet("working", "hook", new WaitGoal.Exit(5)));
        assertThat(commands.run("wait", "a", "--for", "exit", "--timeout", "100ms"))
                .isEqualTo(new CommandRun.Result(
                        6, "", "agentctl: a did not come to exit within 100ms; it is working (hook)\n"));
        assertThat(supervisor.asked())
                .isInstanceOfSatisfying(
                        ControlRequest.Wait.class,
                        wait -> assertThat(wait.goal()).isEqualTo(new WaitGoal.Exit(0)));
        assertThat(supervisor.asked())
                .isInstanceOfSatisfying(
                        ControlRequest.Wait.class,
                        wait -> assertThat(wait.goal()).isEqualTo(new WaitGoal.Exit(5)));
        assertThat(commands.run("wait", "a", "--for", "exit", "--timeout", "0", "--json")
                        .out())
                .isEqualTo("{\"schema\":1,\"project\":\"a\",\"for\":\"exit\",\"reached\":false,\"state\":\"working\","
                        + "\"evidence\":\"hook\",\"line\":null,\"exitStatus\":null}\n");
    }

    @Test
    void itGoesOnWithASupervisorThatWasRestartedMeanwhile() {
        CountDownLatch restarted = new CountDownLatch(1);
        supervisor.answer(_ -> {
            Thread.ofVirtual().start(() -> {
                restart();
                restarted.countDown();
            });
            await(restarted);
            return new ControlReply.NotYet("working", "hook", new WaitGoal.State("idle"));
        });
        assertThat(commands.run("wait", "a", "--for", "idle").out()).isEqualTo("a is idle (hook)\n");
    }

    private void restart() {
        try {
            supervisor.close();
            supervisor = new FakeSupervisor(folder);
            supervisor.answer(new ControlReply.Reached("idle", "hook", "", Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneThatIsNotThereIsNotWaitedFor() {
        supervisor.close();
        assertThat(commands.run("wait", "a", "--for", "idle").code()).isEqualTo(5);
    }

    @Test
    void whatCannotComeAndWhatIsNoGoalAreToldApart() {
        supervisor.answer(new ControlReply.Refused(ExitCode.NOT_RUNNING, "a is stopped"));
        assertThat(commands.run("wait", "a", "--for", "idle").code()).isEqualTo(3);
        assertThat(commands.run("wait", "a", "--for", "idel").err()).contains("did you mean idle?; say a state,");
        assertThat(commands.run("wait", "a", "--for", "idel").code()).isEqualTo(2);
        assertThat(commands.run("wait", "a", "--for", "idle", "--timeout", "soon")
                        .code())
                .isEqualTo(2);
        assertThat(commands.run("wait", "a").code()).isEqualTo(2);
    }
}
