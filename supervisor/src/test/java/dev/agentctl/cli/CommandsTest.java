package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.control.TokenReport;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandsTest {
    private final StateFolder folder;

    @AutoClose
    private final FakeSupervisor supervisor;

    private final CommandRun commands;

    CommandsTest(@TempDir Path temporary) throws IOException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        supervisor = new FakeSupervisor(folder);
        commands = new CommandRun(folder);
    }

    @Test
    void statusAlignsItsColumnsAndShowsNoticesBelow() {
        supervisor.answer(new ControlReply.Report(
                new ControlReply.RoleProcess(1, "v"),
                Optional.empty(),
                List.of(FakeSupervisor.session("a", "idle"), FakeSupervisor.session("long-name", "awaiting-approval")),
                List.of("telegram refuses the token")));
        Result result = commands.run("status");
        assertThat(result.code()).isZero();
        String[] lines = result.out().split("\n", -1);
        assertThat(lines[0]).isEqualTo("NAME       AGENT   STATE              SINCE" + lines[0].substring(43));
        assertThat(lines[1])
                .startsWith("a          claude  idle               ")
                .endsWith("hook Stop at 14:02:11");
        assertThat(lines[2]).startsWith("long-name  claude  awaiting-approval  ");
        assertThat(lines[3]).isEqualTo("note: telegram refuses the token");
        assertThat(lines[1].indexOf("hook")).isEqualTo(lines[0].indexOf("EVIDENCE"));
    }

    @Test
    void statusAsJsonIsOneObjectOfTheContract() throws InterruptedException {
        supervisor.answer(FakeSupervisor.report(FakeSupervisor.session("a", "stopped")));
        Result result = commands.run("status", "a", "--json");
        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "{\"schema\":1,\"supervisor\":{\"pid\":11,\"version\":\"0.1.0\"},"
                                + "\"host\":{\"pid\":12,\"version\":\"0.1.0\"},\"sessions\":[{\"name\":\"a\","
                                + "\"agent\":\"claude\",\"directory\":\"/src/a\",\"desired\":\"up\","
                                + "\"state\":\"stopped\",\"evidence\":\"hook Stop at 14:02:11\","
                                + "\"since\":\"2026-01-01T00:00:00Z\",\"pid\":null,\"restarts\":2,"
                                + "\"conversation\":null,\"queued\":1,\"lostBytes\":0,\"tokens\":null,\"messages\":[]}]}\n",
                        ""));
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Status(Optional.of("a")));
    }

    @Test
    void statusOfOneProjectTellsWhatCameOfItsMessages() {
        SessionReport idle = FakeSupervisor.session("a", "idle");
        MessageReport accepted = new MessageReport(
                "fix\nit " + "x".repeat(50),
                "accepted",
                1_767_225_600_000L,
                1_767_225_601_000L,
                1_767_225_602_000L,
                Optional.of("hook UserPromptSubmit"),
                "stored 00:00:00, typed 00:00:01, accepted 00:00:02 (hook UserPromptSubmit)");
        supervisor.answer(FakeSupervisor.report(new SessionReport(
                idle.name(),
                idle.agent(),
                idle.directory(),
                idle.desired(),
                idle.state(),
                idle.evidence(),
                idle.since(),
                idle.pid(),
                idle.restarts(),
                idle.conversation(),
                idle.queued(),
                idle.lostBytes(),
                Optional.of(new TokenReport(12_345, 67, 0, OptionalLong.of(3_856), "12,345 in, 67 out, 0 cached")),
                List.of(accepted))));
        assertThat(commands.run("status", "a").out()).endsWith("""
                tokens: 12,345 in, 67 out, 0 cached

                MESSAGE                                   DELIVERY
                fix it %s…  stored 00:00:00, typed 00:00:01, accepted 00:00:02 (hook UserPromptSubmit)
                """.formatted("x".repeat(32)));
        assertThat(commands.run("status", "a", "--json").out())
                .contains("\"tokens\":{\"input\":12345,\"output\":67,\"cached\":0,\"costUsd\":0.003856}")
                .contains("\"messages\":[{\"text\":\"fix\\nit x")
                .contains("\"stage\":\"accepted\",\"stored\":\"2026-01-01T00:00:00Z\","
                        + "\"typed\":\"2026-01-01T00:00:01Z\",\"accepted\":\"2026-01-01T00:00:02Z\","
                        + "\"since\":\"2026-01-01T00:00:02Z\",\"evidence\":\"hook UserPromptSubmit\"}]");
    }

    @Test
    void statusTellsWhatALogHasLost() {
        supervisor.answer(
                FakeSupervisor.report(FakeSupervisor.session("a", "idle"), FakeSupervisor.lossy("b", 5_000_000_000L)));
        assertThat(commands.run("status").out())
                .endsWith("\nnote: 5000000000 bytes of the log of b are lost; see: agentctl logs b\n")
                .doesNotContain("log of a");
        assertThat(commands.run("status", "--json").out()).contains("\"lostBytes\":0,", "\"lostBytes\":5000000000,");
        supervisor.answer(FakeSupervisor.report(FakeSupervisor.unheard("a")));
        assertThat(commands.run("status", "--json").out()).contains("\"lostBytes\":null,");
        assertThat(commands.run("status").out()).doesNotContain("note:");
    }

    @Test
    void statusByTheParserIsTheSameAsTheQuickWay() {
        supervisor.answer(FakeSupervisor.report(FakeSupervisor.session("a", "idle")));
        assertThat(commands.run("status", "--verbose", "--json")).isEqualTo(commands.run("status", "--json"));
    }

    @Test
    void readingStartsNothingWhereNobodyRuns() {
        supervisor.close();
        for (String command : List.of("status", "screen a", "send a b", "stop a", "down", "reload", "keys a x")) {
            Result result = commands.run(command.split(" ", -1));
            assertThat(result)
                    .as(command)
                    .isEqualTo(new Result(
                            5,
                            "",
                            "agentctl: no supervisor is running for " + folder.path()
                                    + "; start one with: agentctl up\n"));
        }
        assertThat(folder.roleLog("supervisor")).doesNotExist();
    }

    @Test
    void statusAsJsonSaysThatNobodyRuns() {
        supervisor.close();
        Result result = commands.run("status", "--json");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEqualTo("{\"schema\":1,\"supervisor\":null,\"host\":null,\"sessions\":[]}\n");
    }

    @Test
    void aRefusalIsOneLineWithItsExitCode() {
        supervisor.answer(new ControlReply.Refused(
                ExitCode.NO_SUCH_PROJECT, "no project \u001b[31m'b'; its projects are: a\nand more"));
        assertThat(commands.run("status", "b"))
                .isEqualTo(new Result(4, "", "agentctl: no project \uFFFD[31m'b'; its projects are: a and more\n"));
    }

    @Test
    void theFirstFailureAmongManyProjectsDecides() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of(
                new Outcome("a", ExitCode.OK, "stopped a"),
                new Outcome("b", ExitCode.NO_SUCH_PROJECT, "no project b"),
                new Outcome("c", ExitCode.TIMED_OUT, "c does not end"))));
        Result result = commands.run("stop", "a", "b", "c");
        assertThat(result)
                .isEqualTo(new Result(4, "stopped a\n", "agentctl: no project b\nagentctl: c does not end\n"));
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Stop(List.of("a", "b", "c")));
    }

    @Test
    void allIsTheEmptyListAndNoneIsAMistake() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of()));
        assertThat(commands.run("start", "--all", "--fresh").code()).isZero();
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Start(List.of(), true));
        assertThat(commands.run("start").code()).isEqualTo(2);
        assertThat(commands.run("restart", "a", "--all").code()).isEqualTo(2);
        assertThat(supervisor.wasAskedMore()).isFalse();
    }

    @Test
    void aProjectThatIsNamedTwiceIsMeantOnce() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "stopped"))));
        commands.run("stop", "b", "a", "b");
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Stop(List.of("b", "a")));
    }

    @Test
    void wordsAreOneMessageAndADashReadsStandardInput() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "queued"))));
        commands.run("send", "a", "fix", "the test");
        assertThat(supervisor.asked()).isInstanceOfSatisfying(ControlRequest.Send.class, send -> {
            assertThat(send.project()).isEqualTo("a");
            assertThat(send.text()).isEqualTo("fix the test");
        });
        commands.runWithInput("two\nlines\n", false, "send", "a", "-");
        assertThat(supervisor.asked())
                .isInstanceOfSatisfying(
                        ControlRequest.Send.class,
                        send -> assertThat(send.text()).isEqualTo("two\nlines"));
        assertThat(commands.runWithInput("\n", false, "send", "a", "-").code()).isEqualTo(2);
    }

    @Test
    void keysGoAsTheyWereNamed() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of()));
        commands.run("keys", "a", "Down", "-", "C-c");
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Keys("a", List.of("Down", "-", "C-c")));
        assertThat(commands.run("keys", "a", "C-c", "Entr"))
                .isEqualTo(new CommandRun.Result(
                        2,
                        "",
                        "agentctl: no key is called 'Entr'; did you mean enter? nothing was pressed; text is typed with:"
                                + " keys -l\n"));
        assertThat(commands.run("keys", "a", "-l", "text").err())
                .isEqualTo("agentctl: -l comes before the project: agentctl keys -l a ...; nothing was pressed\n");
        assertThat(supervisor.wasAskedMore()).isFalse();
    }

    @Test
    void textAndBytesGoInOnePiece() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of()));
        commands.run("keys", "-l", "a", "é", "-l Enter");
        assertThat(((ControlRequest.TypeBytes) supervisor.asked()).pieces())
                .containsExactly("é -l Enter".getBytes(StandardCharsets.UTF_8));
        commands.run("keys", "--hex", "a", "1b", "5B41");
        assertThat(((ControlRequest.TypeBytes) supervisor.asked()).pieces())
                .containsExactly(new byte[] {0x1b, '[', 'A'});
        assertThat(commands.run("keys", "--hex", "a", "1").code()).isEqualTo(2);
        assertThat(commands.run("keys", "--hex", "-l", "a", "11").code()).isEqualTo(2);
    }

    @Test
    void aScreenIsPrintedWithoutWhatWouldSteerTheTerminal() {
        supervisor.answer(new ControlReply.Text("one\u001b]0;x\u0007\ntwo"));
        assertThat(commands.run("screen", "a").out()).isEqualTo("one\uFFFD]0;x\uFFFD\ntwo\n");
        supervisor.answer(new ControlReply.Text("\u001b[1mbold\u001b[m\n"));
        assertThat(commands.run("screen", "a", "--ansi").out()).isEqualTo("\u001b[1mbold\u001b[m\n");
    }

    @Test
    void theStdioBridgeIsToldWhereTheToolsAre() throws InterruptedException {
        supervisor.answer(new ControlReply.Text("4711 secret"));
        assertThat(commands.run("mcp", "--project", "a", "--grant")).isEqualTo(new Result(0, "4711 secret\n", ""));
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.OpenTools("a"));
        assertThat(commands.run("mcp", "--project", "a").code()).isEqualTo(2);
    }

    @Test
    void deletingNeedsAWordFromAPerson() throws InterruptedException {
        supervisor.answer(new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "deleted a"))));
        assertThat(commands.run("delete", "a").code()).isEqualTo(2);
        assertThat(commands.runWithInput("n\n", true, "delete", "a").code()).isEqualTo(1);
        assertThat(supervisor.wasAskedMore()).isFalse();
        assertThat(commands.runWithInput("y\n", true, "delete", "a").code()).isZero();
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.Delete("a"));
        assertThat(commands.run("delete", "a", "--yes").out()).isEqualTo("deleted a\n");
    }

    @Test
    void mistakesAreOneLineThatNamesTheHelp() {
        assertThat(commands.run("stat"))
                .isEqualTo(new Result(
                        2, "", "agentctl: what is 'stat'? Did you mean start or status?; see: agentctl --help\n"));
        assertThat(commands.run("nosuch").err()).isEqualTo("agentctl: what is 'nosuch'?; see: agentctl --help\n");
        assertThat(commands.run("attahc").err()).contains("Did you mean attach?;");
        assertThat(commands.run("logs", "a", "--folow").err()).contains("Did you mean --follow?;");
        assertThat(commands.run("down", "--bogus").err())
                .isEqualTo("agentctl: what is '--bogus'?; see: agentctl down --help\n");
        assertThat(commands.run().code()).isEqualTo(2);
    }

    @Test
    void whatIsNoNumberIsToldWithTheNumbersThatMayBeSaid() throws InterruptedException {
        String asked = "agentctl: Invalid value for option ";
        assertThat(commands.run("logs", "a", "-n", "x"))
                .isEqualTo(new Result(
                        2, "", asked + "'--lines': 'x' is not a number of at least 1; see: agentctl logs --help\n"));
        assertThat(commands.run("logs", "a", "--bytes", "0").err()).contains("'0' is not a number of at least 1");
        for (String history : List.of("x", "-1", "100001", "99999999999999999999")) {
            assertThat(commands.run("screen", "a", "--history", history).err())
                    .contains("'" + history + "' is not a number from 0 to 100000; see: agentctl screen --help");
        }
        assertThat(commands.run("audit", "-n", "many").err()).contains("'many' is not a number from 1 to 50000");
        assertThat(commands.run("approve", "k3m2xq", "--always", "one").err())
                .contains("'one' is not a number from 1 to 99");
        supervisor.answer(new ControlReply.Text(""));
        assertThat(commands.run("audit", "-n", "7").code()).isZero();
        assertThat(supervisor.asked()).isEqualTo(new ControlRequest.ShowAudit(7));
    }

    @Test
    void everyCommandExplainsItself() {
        Result result = commands.run("--help");
        assertThat(result.code()).isZero();
        for (String name : Commands.line(new Agentctl(commands.surroundings()))
                .getSubcommands()
                .keySet()) {
            Result help = commands.run(name, "--help");
            assertThat(help.code()).as(name).isZero();
            assertThat(help.out()).as(name).contains("Usage: agentctl " + name);
            assertThat(help.out()
                            .lines()
                            .dropWhile(line -> !line.equals("Examples:"))
                            .skip(1))
                    .as("examples of %s that fit on their lines", name)
                    .allMatch(line -> line.startsWith("  "));
            assertThat(result.out()).contains("  " + name + " ");
        }
    }

    @Test
    void theStackIsShownOnlyWhenAskedFor() {
        supervisor.close();
        assertThat(commands.run("screen", "a").err()).hasLineCount(1);
        assertThat(commands.run("screen", "a", "--verbose").err()).contains("Caused by: java.net.");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(commands.run("completion", "bash").out()).contains("restart").contains("--keep-agents");
        assertThat(commands.run("completion", "fish").out())
                .contains("-n '__agentctl_at \\'\\' 0 0' -a restart -d 'Stop projects and start them again'\n")
                .contains("-n '__agentctl_at down 0 99' -l keep-agents ")
                .contains("-n '__agentctl_at logs 0 0' -a '(__agentctl_projects)'\n")
                .contains("-n '__agentctl_at start 0 99' -a '(__agentctl_projects)'\n")
                .doesNotContain(NamedProjects.PLACEHOLDER);
        assertThat(commands.run("completion", "tcsh").code()).isEqualTo(2);
    }

    @Test
    void completionAsksForTheNamesOfProjects() throws IOException, InterruptedException {
        supervisor.answer(FakeSupervisor.report(
                FakeSupervisor.session("billing", "idle"), FakeSupervisor.session("shop", "idle")));
        String script =
                "agentctl() { printf %s '" + commands.run("status", "--json").out() + "'; }\n"
                        + commands.run("completion", "bash").out()
                        + "\nCOMP_WORDS=(agentctl send -h ''); COMP_CWORD=3; _complete_agentctl 2>/dev/null\n"
                        + "echo \"${COMPREPLY[*]}\"\n";
        Process bash =
                new ProcessBuilder("bash", "-s").redirectErrorStream(true).start();
        try (Writer in = bash.outputWriter(StandardCharsets.UTF_8)) {
            in.write(script);
        }
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("billing shop\n");
        assertThat(bash.waitFor()).isZero();
    }
}
