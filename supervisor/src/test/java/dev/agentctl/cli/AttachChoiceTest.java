package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which session is attached to, and when none can be.
@Timeout(120)
class AttachChoiceTest {
    @AutoClose
    private final AttachUnderTest test;

    AttachChoiceTest(@TempDir Path temporary) throws IOException, InterruptedException {
        test = new AttachUnderTest(temporary);
    }

    @Test
    void aSessionAtRestCannotBeAttached() {
        test.state = "stopped";
        assertThat(new CommandRun(test.folder).run("attach", "a"))
                .isEqualTo(new CommandRun.Result(3, "", "agentctl: a is stopped; start it with: agentctl start a\n"));
        test.supervisor.answer(new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project b"));
        assertThat(new CommandRun(test.folder).run("attach", "b").code()).isEqualTo(4);
        test.supervisor.close();
        assertThat(new CommandRun(test.folder).run("attach", "b").code()).isEqualTo(5);
    }

    @Test
    void whoOnlyLooksCannotSendTheOthersAway() {
        assertThat(new CommandRun(test.folder).run("attach", "a", "--steal", "--read-only"))
                .isEqualTo(new CommandRun.Result(
                        2, "", "agentctl: --steal and --read-only exclude each other; say one of them\n"));
    }

    @Test
    void oneMayWaitForASessionThatIsAtRest() throws IOException, InterruptedException, PtyStartException {
        test.state = "stopped";
        assertThat(new CommandRun(test.folder).run("attach", "a", "--wait").code())
                .isEqualTo(2);
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a", "--wait")) {
            run.awaitScreen("[waiting, Ctrl-C ends it: a is stopped; start it with: agentctl start a]");
            test.host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
            test.state = "idle";
            run.awaitScreen("ready");
            run.type("hi\r");
            run.awaitScreen("got:hi");
        }
        test.state = "stopped";
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a", "--wait")) {
            run.awaitScreen("[waiting");
            run.type("\u0003");
            assertThat(run.awaitExit()).isEqualTo(130);
        }
    }

    @Test
    void withoutANameOneChoosesFromAList() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo ready; sleep 100");
        test.supervisor.answer(request -> switch (request) {
            case ControlRequest.Status(Optional<String> project)
            when project.isEmpty() ->
                FakeSupervisor.report(
                        FakeSupervisor.session("d", "failed"),
                        FakeSupervisor.session("b", "working"),
                        FakeSupervisor.session("a", test.state),
                        FakeSupervisor.session("c", "stopped"));
            case ControlRequest.ShowScreen show ->
                new ControlReply.Text("first\nlast of " + show.project() + "\n----\n");
            default -> test.answer(request);
        });
        assertThat(new CommandRun(test.folder).run("attach"))
                .isEqualTo(new CommandRun.Result(2, "", "agentctl: say which project: d, b, a, c\n"));
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach")) {
            run.awaitScreen("Attach to which project?");
            assertThat(run.screen())
                    .contains(
                            " 1  d  failed             hook Stop at 14:02:11\n 2  b  working            last of b\n",
                            "\n 3  a  idle               last of a\n 4  c  stopped");
            // from b, the first that runs; in one piece, as a slow line brings them
            run.type("\u001b[B\u001b[B\u001b[A\r");
            run.awaitScreen("attached to a;");
            run.awaitScreen("ready");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach")) {
            run.awaitScreen("Attach to which project?");
            run.type("q");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void aLongListIsGoneThroughByPages() throws IOException, InterruptedException, PtyStartException {
        List<SessionReport> all = IntStream.rangeClosed(1, 120)
                .mapToObj(number -> FakeSupervisor.session("p" + number, "idle"))
                .toList();
        test.supervisor.answer(request -> switch (request) {
            case ControlRequest.Status(Optional<String> project)
            when project.isEmpty() -> FakeSupervisor.report(all.toArray(SessionReport[]::new));
            case ControlRequest.ShowScreen show -> new ControlReply.Text("of " + show.project() + "\n----\n");
            default -> test.answer(request);
        });
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach")) {
            run.awaitScreen("Attach to which of 120 projects?");
            run.type("\u001b[F");
            run.awaitScreen(" p120 ");
            run.type("\u001b[5~\u001b[5~");
            run.awaitScreen(" p76 ");
            run.type("\u001b[H");
            run.awaitScreen(" p1 ");
            // it may be the first digit of 33
            run.type("3");
            run.type("\u001b[6~\u001b[6~\u001b[6~");
            run.awaitScreen(" p69 ");
            run.type("q");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void withoutATerminalThereIsNothingToAttach() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "sleep 100");
        assertThat(new CommandRun(test.folder).run("attach", "a"))
                .isEqualTo(new CommandRun.Result(
                        2, "", "agentctl: attach needs a terminal at both ends; without one see: agentctl screen a\n"));
    }
}
