package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
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
        commands = new CommandRun(new StateFolder(temporary.resolve("state")), RoleLaunch.SUPERVISOR);
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
        assertThat(commands.run("down").code()).isZero();
    }

    /// The supervisor starts the project by itself at the same time.
    @RepeatedTest(3)
    void startingWhatAutostartIsStartingSaysThatItRuns() {
        Result result = commands.run("--config", configuration, "start", "project-a");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("(?s).*(started, process [0-9]+|already running)\\R");
    }
}
