package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.testkit.BuiltProduct;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The first command of a new user, with the real supervisor and host.
@Timeout(120)
class FirstStartTest {
    @TempDir
    Path temporary;

    private CommandRun commands;
    private String configuration;

    @BeforeEach
    void configure() throws IOException {
        commands =
                new CommandRun(new StateFolder(temporary.resolve("state")), BuiltProduct.role(RoleLaunch.SUPERVISOR));
        Path file = temporary.resolve("agentctl.yaml");
        Files.writeString(file, """
                projects:
                  - name: project-a
                    directory: .
                    agent: command
                    executable: cat
                """);
        configuration = file.toString();
    }

    @AfterEach
    void stop() {
        // 5: none was started
        assertThat(commands.run("down").code()).isIn(0, 5);
    }

    @Test
    void aStateFolderThatCannotBeMadeIsRefusedInOneLine() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        CommandRun elsewhere =
                new CommandRun(new StateFolder(file.resolve("state")), BuiltProduct.role(RoleLaunch.SUPERVISOR));

        Result result = elsewhere.run("--config", configuration, "start", "project-a");

        assertThat(result.code()).isEqualTo(8);
        assertThat(result.err())
                .isEqualToIgnoringNewLines("agentctl: the state folder " + file.resolve("state") + " cannot be made ("
                        + file + " is no folder); set AGENTCTL_HOME to a folder of yours");
    }

    @Test
    void theFirstProblemOfAnInvalidConfigurationIsTold() throws IOException {
        Path invalid = Files.writeString(temporary.resolve("invalid.yaml"), "projets: []\n");
        assertThat(commands.run("--config", invalid.toString(), "start", "project-a"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "agentctl: invalid.yaml:1: unknown key 'projets'; did you mean 'projects'? (and 1 more; see:"
                                + " agentctl doctor)\n"));
    }

    /// A start that the supervisor makes by itself at the same time fails as one of the command's own.
    @Test
    void aProjectThatCannotRunFailsTheCommand() throws IOException {
        Path broken = temporary.resolve("broken.yaml");
        Files.writeString(broken, Files.readString(Path.of(configuration)).replace("cat", "no-such-program"));

        Result result = commands.run("--config", broken.toString(), "start", "project-a");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("project-a: failed: no program 'no-such-program' on PATH")
                .hasLineCount(1);
    }

    @Test
    void startingAllOfNothingSaysWhatToDoNext() throws IOException {
        Path empty = Files.writeString(temporary.resolve("empty.yaml"), "projects: []\n");
        assertThat(commands.run("--config", empty.toString(), "start", "--all"))
                .isEqualTo(new Result(
                        0, "no project is configured in " + empty + "; add one to it, then: agentctl reload\n", ""));
    }

    /// The supervisor starts the project by itself at the same time.
    @RepeatedTest(3)
    void startingWhatAutostartIsStartingSaysThatItRuns() {
        Result result = commands.run("--config", configuration, "start", "project-a");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(commands.run(
                                "reload",
                                "--config",
                                temporary.resolve("other.yaml").toString())
                        .err())
                .contains("goes by " + configuration + ", not by ")
                .hasLineCount(1);
        assertThat(commands.run("start", "nope").err())
                .endsWith("agentctl: nope: no such project; agentctl status lists them\n");
        assertThat(commands.run("start", "porject-a").err())
                .endsWith("agentctl: porject-a: no such project; did you mean project-a? agentctl status lists them\n");
        Result unknown = commands.run("status", "project");
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err())
                .endsWith("agentctl: no project 'project'; did you mean project-a? agentctl status lists them\n");
        assertThat(result.out()).matches("(?s).*(started, process [0-9]+|already running( [(]starting[)])?)\\R");
    }
}
