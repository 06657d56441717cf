package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private Path config;
    private CommandRun commands;

    @BeforeEach
    void open() {
        folder = new StateFolder(temporary.resolve("state"));
        config = temporary.resolve("agentctl.yaml");
        commands = new CommandRun(folder);
    }

    @Test
    void aReadyMachineIsHealthyAndNothingIsMade() throws IOException {
        Files.writeString(config, projects("directory: " + temporary));
        Result result = commands.run("doctor", "--config", config.toString());
        assertThat(result.out())
                .contains(" Java 2")
                .contains("ok    project a runs sh in " + temporary)
                .contains("warn  no supervisor is running for ")
                .contains("ok    a program runs in a pseudo-terminal")
                .contains("ok    bash at ")
                .contains(
                        "ok    sessions are held by their process group",
                        "ok    limits of a project: ",
                        "ok    sandbox of a project: ")
                .doesNotContain("fail");
        assertThat(result.code()).isZero();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void aJavaThatMayLoseAWaitingThreadIsWarnedOf() {
        assertThat(List.of("25", "25+36-LTS", "25.0.1", "25.0.2+10-LTS", "26", "26+35"))
                .allSatisfy(version -> assertThat(javaGrade(version)).isEqualTo(Finding.Grade.WARN));
        assertThat(List.of("25.0.3+9-LTS", "25.0.4", "25.1", "26.0.1", "27-ea+5", "27"))
                .allSatisfy(version -> assertThat(javaGrade(version)).isEqualTo(Finding.Grade.OK));
        assertThat(javaGrade("24.0.2")).isEqualTo(Finding.Grade.FAIL);
        assertThat(MachineChecks.java(Runtime.Version.parse("25.0.1+8"), "/opt/jdk"))
                .isEqualTo(Finding.warn(
                        "java",
                        "Java 25.0.1+8 at /opt/jdk may let a waiting tool call sleep for good (JDK-8369227); install"
                                + " 25.0.3, 26.0.1 or newer"));
    }

    private static Finding.Grade javaGrade(String version) {
        return MachineChecks.java(Runtime.Version.parse(version), "/opt/jdk").grade();
    }

    @Test
    void anAgentThatCannotBeTriedIsNamed() throws IOException {
        Files.writeString(config, projects("directory: " + temporary));
        Result unknown = commands.run("doctor", "--agent", "clod", "--config", config.toString());
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err())
                .contains("neither an agent (claude, codex, gemini, opencode) nor a project of " + config);
        for (String mistyped : List.of("cluade", "claud")) {
            assertThat(commands.run("doctor", "--agent", mistyped, "--config", config.toString())
                            .err())
                    .endsWith(" is called '" + mistyped + "'; did you mean claude? see: agentctl doctor --help\n");
        }
        Files.writeString(config, projects("directory: " + temporary).replace("name: a", "name: billing"));
        assertThat(commands.run("doctor", "--agent", "biling", "--config", config.toString())
                        .err())
                .contains("; did you mean billing? ");
        Files.writeString(config, projects("directory: " + temporary));
        Result untried = commands.run("doctor", "--agent", "a", "--config", config.toString());
        assertThat(untried.code()).isEqualTo(2);
        assertThat(untried.err()).contains("there is no check of 'command'");
        Files.writeString(
                config,
                projects("directory: " + temporary)
                        .replace("agent: command", "agent: claude")
                        .replace("executable: sh", "executable: ./none"));
        Result missing = commands.run("doctor", "--agent", "a", "--config", config.toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("no program './none'; install it");
    }

    @Test
    void aMissingFolderOrProgramFailsWithWhatToDo() throws IOException {
        Files.writeString(config, projects("directory: " + temporary.resolve("none")));
        Result missing = commands.run("doctor", "--config", config.toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out())
                .contains("fail  project a has no folder " + temporary.resolve("none") + "; create it");
        Files.writeString(config, projects("directory: " + temporary).replace("executable: sh", "executable: ./sh"));
        assertThat(commands.run("doctor", "--config", config.toString()).out())
                .contains("fail  project a: no program at './sh'; check the project's executable");
        Files.createFile(temporary.resolve("sh"));
        assertThat(commands.run("doctor", "--config", config.toString()).out())
                .contains("fail  project a: the program './sh' is not executable; run: chmod +x ./sh");
    }

    @Test
    void anInvalidConfigurationFailsWithItsLine() throws IOException {
        Files.writeString(config, "projets: []\n");
        Result result = commands.run("doctor", "--config", config.toString(), "--json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("{\"schema\":1,\"ok\":false,\"checks\":[{\"name\":\"java\",\"result\":\"")
                .contains("\"result\":\"fail\",\"message\":\"agentctl.yaml:1: ");
    }

    @Test
    void theRunningPartsAreShownWithTheirVersions() throws IOException, InterruptedException {
        assertThat(folder.prepare()).isEmpty();
        try (RunningHost host = new RunningHost(folder);
                FakeSupervisor supervisor = new FakeSupervisor(folder)) {
            supervisor.answer(new ControlReply.Report(
                    new RoleProcess(11, "9.9"), Optional.empty(), List.of(), List.of("the port 80 is taken")));
            Result result = commands.run("doctor");
            assertThat(result.out())
                    .contains("warn  the supervisor is running, process 11, version 9.9, and this is ")
                    .contains("warn  the port 80 is taken")
                    .contains("ok    the host is running, process "
                            + host.client().host().pid());
        }
    }

    @Test
    void aFolderThatOthersMayEnterFails() throws IOException {
        assertThat(folder.prepare()).isEmpty();
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Result result = commands.run("doctor");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("fail  the state folder ").contains("run: chmod 700 ");
    }

    private static String projects(String directory) {
        return """
                projects:
                  - name: a
                    agent: command
                    executable: sh
                """ + "    " + directory + "\n";
    }
}
