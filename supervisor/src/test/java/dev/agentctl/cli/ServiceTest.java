package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceTest {
    private static final String INSTALL = "agentctl.install";

    @TempDir
    Path temporary;

    private Path install;
    private StateFolder folder;
    private CommandRun commands;

    @BeforeEach
    void start() throws IOException {
        // whatever is special in a unit file
        install = Files.createDirectories(temporary.resolve("a place/100%"));
        Files.createDirectories(install.resolve("scripts"));
        Files.copy(Path.of("/bin/true"), install.resolve("scripts/agentctl"));
        Files.createSymbolicLink(install.resolve("config"), Path.of("../config").toRealPath());
        System.setProperty(INSTALL, install.toString());
        folder = new StateFolder(temporary.resolve("state"));
        commands = new CommandRun(folder);
    }

    @AfterEach
    void stop() {
        System.clearProperty(INSTALL);
    }

    @Test
    void aDryRunIsAScriptThatWritesUnitsWhichSystemdAccepts() throws IOException, InterruptedException {
        for (String kind : List.of("", "--system")) {
            List<String> arguments = new ArrayList<>(List.of("service", "install", "--dry-run"));
            if (!kind.isEmpty()) {
                arguments.add(kind);
            }
            CommandRun.Result result = commands.run(arguments.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).doesNotContain("@").contains("OOMPolicy=continue", "KillMode=process");
            assertThat(result.out().contains("--user")).isEqualTo(kind.isEmpty());
            assertThat(result.out().contains("\nUser=")).isEqualTo(!kind.isEmpty());
            verify(units(result.out()), kind.isEmpty() ? "--user" : "--system");
        }
        assertThat(folder.path()).doesNotExist();
    }

    /// The files that the script would write, in our folder.
    private List<Path> units(String script) throws IOException {
        List<Path> units = new ArrayList<>();
        for (String part : script.split("cat >'", -1)) {
            int name = part.indexOf("' <<'AGENTCTL'\n");
            if (name > 0) {
                String text = part.substring(part.indexOf('\n') + 1, part.indexOf("\nAGENTCTL\n") + 1);
                Path file = temporary.resolve(part.substring(part.lastIndexOf('/', name) + 1, name));
                units.add(Files.writeString(file, text));
            }
        }
        assertThat(units).hasSize(2);
        return units;
    }

    private static void verify(List<Path> units, String kind) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/systemd-analyze"))
                .as("systemd is installed")
                .exists();
        List<String> command = new ArrayList<>(List.of("systemd-analyze", kind, "--man=no", "verify"));
        units.forEach(unit -> command.add(unit.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putIfAbsent("XDG_RUNTIME_DIR", "/tmp");
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
        assertThat(words).doesNotContain("agentctl");
    }

    @Test
    void whereSystemdDoesNotRunItIsSaidWhatToDoInstead() {
        assumeThat(Path.of("/run/systemd/system")).as("not booted by systemd").doesNotExist();
        for (String action : List.of("install", "uninstall", "status")) {
            CommandRun.Result result = commands.run("service", action);
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo(
                            "agentctl: systemd does not run this machine; with cron, put this line into your crontab:"
                                    + " @reboot " + install + "/scripts/agentctl up --detach\n");
        }
    }
}
