package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LaunchTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private CommandRun commands;

    @BeforeEach
    void open() {
        folder = new StateFolder(temporary.resolve("state"));
        commands = new CommandRun(folder, FakeSupervisorCommandLine.SUPERVISOR);
    }

    @AfterEach
    void endTheSupervisor() {
        commands.run("down");
        supervisor()
                .ifPresent(process ->
                        process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    private Optional<ProcessHandle> supervisor() {
        String pid = RoleLock.holder(folder.supervisorLock());
        return pid.equals("unknown") ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }

    @Test
    void startStartsASupervisorInASessionOfItsOwn() throws IOException {
        Path config = temporary.resolve("my.yaml");
        Result started = commands.run("start", "a", "--config", config.toString());
        assertThat(started).isEqualTo(new Result(0, "started a\n", ""));
        assertThat(commands.run("screen", "facts").out()).isEqualTo("leader " + config + " " + folder.path() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.roleLog("supervisor"))))
                .isEqualTo("rw-------");
        long first = supervisor().orElseThrow().pid();
        assertThat(commands.run("start", "--all").code()).isZero();
        assertThat(supervisor().orElseThrow().pid()).isEqualTo(first);
    }

    @Test
    void anotherConfigurationThanTheOneInForceIsRefused() throws IOException {
        Path config = Files.createFile(temporary.resolve("my.yaml"));
        Path link = Files.createSymbolicLink(temporary.resolve("link.yaml"), config);
        Path other = temporary.resolve("other.yaml");
        assertThat(commands.run("start", "a", "--config", config.toString()).code())
                .isZero();
        for (String command : List.of("start", "restart", "status")) {
            assertThat(commands.run(command, "a", "--config", other.toString()))
                    .isEqualTo(new Result(
                            7,
                            "",
                            "agentctl: the running supervisor goes by " + config + ", not by " + other
                                    + "; change that file, then: agentctl reload; to change over, first: agentctl"
                                    + " down\n"));
        }
        assertThat(commands.run("start", "a", "--config", link.toString())).isEqualTo(new Result(0, "started a\n", ""));
        assertThat(commands.run("version", "--config", other.toString()).code()).isZero();
    }

    @Test
    void anotherConfigurationInTheEnvironmentIsPointedOut() throws IOException {
        Path config = Files.createFile(temporary.resolve("my.yaml"));
        Path other = temporary.resolve("other.yaml");
        commands.export("AGENTCTL_CONFIG", config.toString());
        assertThat(commands.run("start", "a")).isEqualTo(new Result(0, "started a\n", ""));
        commands.export("AGENTCTL_CONFIG", other.toString());
        String hint = "agentctl: the running supervisor goes by " + config + ", not by $AGENTCTL_CONFIG, " + other
                + "; to change over, first: agentctl down\n";
        assertThat(commands.run("start", "a")).isEqualTo(new Result(0, "started a\n", hint));
        assertThat(commands.run("restart", "a").err()).startsWith(hint);
        assertThat(commands.run("reload").err()).startsWith(hint);
        assertThat(commands.run("status").err()).isEmpty();
        assertThat(commands.run("start", "a", "--config", config.toString()))
                .isEqualTo(new Result(0, "started a\n", ""));
    }

    @Test
    void aSupervisorThatCannotStartLeavesItsLastWords() {
        Result result = commands.run("start", "a", "--config", "/no/such/invalid.yaml");
        assertThat(result)
                .isEqualTo(new Result(
                        1, "", "agentctl: invalid.yaml:3: unknown key 'projets'; did you mean 'projects'?\n"));
        assertThat(commands.run("up", "--config", "/no/such/invalid.yaml").code())
                .isEqualTo(1);
    }

    @Test
    void theLastEntryOfTheLogIsTheReasonAndNotItsStack() {
        String log = """
                2026-01-31 08:05:00 INFO starting

                2026-01-31 08:05:01 SEVERE agentctl.yaml:3: wrong; mend it
                java.io.IOException: wrong
                \tat somewhere
                """;
        assertThat(SupervisorStart.lastWords(log)).contains("agentctl.yaml:3: wrong; mend it");
        assertThat(SupervisorStart.lastWords("Error: no class\nCaused by: x\n\n"))
                .contains("Caused by: x");
        assertThat(SupervisorStart.lastWords("")).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsSaidSoToo() {
        Result result = new CommandRun(folder, new RoleLaunch("supervisor", "no.such.Main", 32)).run("up");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("no.such.Main");
    }

    @Test
    void ofTwoStartsAtOnceOneWinsAndServesBoth() {
        CompletableFuture<Result> one = CompletableFuture.supplyAsync(() -> commands.run("start", "a"));
        CompletableFuture<Result> two = CompletableFuture.supplyAsync(() -> commands.run("start", "a"));
        assertThat(one.join()).isEqualTo(new Result(0, "started a\n", ""));
        assertThat(two.join()).isEqualTo(new Result(0, "started a\n", ""));
    }

    @Test
    void upReturnsWhenDetachedAndRefusesASecond() {
        assertThat(commands.run("up", "--detach").out()).startsWith("the supervisor is running, process ");
        Result second = commands.run("up");
        assertThat(second)
                .isEqualTo(new Result(
                        7,
                        "",
                        "agentctl: a supervisor is already running, process "
                                + supervisor().orElseThrow().pid()
                                + "; stop it with: agentctl down; let it become this build with: agentctl"
                                + " upgrade\n"));
    }

    @Test
    void inTheForegroundItShowsWhatHappensAndControlCStopsEverything() throws InterruptedException, PtyStartException {
        try (PtyRun run = PtyRun.startMain(FakeSupervisorCommandLine.class, folder, "up")) {
            run.awaitScreen("[a] all **done**");
            run.type("\u0003");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen()).contains("Ctrl-C stops it and every agent").contains("stopped a");
        }
    }

    @Test
    void aServiceManagersTermStopsEverythingToo() throws InterruptedException, PtyStartException {
        try (PtyRun run = PtyRun.startMain(FakeSupervisorCommandLine.class, folder, "up")) {
            run.awaitScreen("[a] all **done**");
            run.signal(Signal.TERMINATE);
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen()).contains("stopped a");
        }
    }

    @Test
    void aSecondTermKillsAndAThirdLeavesThatToTheBackground() throws InterruptedException, PtyStartException {
        try (PtyRun run = PtyRun.startMain(FakeSupervisorCommandLine.class, folder, "up")) {
            run.awaitScreen("[a] all **done**");
            ProcessHandle supervisor = supervisor().orElseThrow();
            // takes its time, as one whose agents do not end
            assertThat(Signal.STOP.send(supervisor.pid())).isTrue();
            run.signal(Signal.TERMINATE);
            run.awaitScreen("once more to kill those that have not ended");
            run.signal(Signal.TERMINATE);
            run.awaitScreen("once more to leave that to the background");
            run.signal(Signal.TERMINATE);
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(supervisor.isAlive()).isTrue();
            assertThat(Signal.CONTINUE.send(supervisor.pid())).isTrue();
        }
    }

    @Test
    void theEndOfTheSupervisorEndsTheForeground() throws InterruptedException, PtyStartException {
        try (PtyRun run = PtyRun.startMain(FakeSupervisorCommandLine.class, folder, "up")) {
            run.awaitScreen("[a] all **done**");
            assertThat(Signal.KILL.send(supervisor().orElseThrow().pid())).isTrue();
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.screen()).contains("the supervisor ended with status 137");
        }
        try (PtyRun again = PtyRun.startMain(FakeSupervisorCommandLine.class, folder, "up")) {
            again.awaitScreen("[a] all **done**");
            assertThat(commands.run("down").out()).isEqualTo("stopped a\n");
            assertThat(again.awaitExit()).isZero();
        }
    }

    @Test
    void aHangUpDoesNotReachTheSupervisor() {
        commands.run("up", "--detach");
        assertThat(Signal.HANGUP.send(supervisor().orElseThrow().pid())).isTrue();
        assertThat(commands.run("status").code()).isZero();
        assertThat(supervisor()).isPresent();
    }

    @Test
    void anOpenStateFolderIsRefused() throws IOException {
        Files.createDirectory(
                folder.path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Result result = commands.run("start", "a");
        assertThat(result.code()).isEqualTo(8);
        assertThat(result.err()).contains("run: chmod 700 " + folder.path());
    }
}
