package dev.agentctl.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is put before an agent's command, with programs in the place of systemd-run that run what they are given, or
/// do not.
final class ContainmentTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path bin;

    @BeforeEach
    void make() throws IOException {
        folder = temporary.toRealPath();
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String name : List.of("work", "state", "state/run", "lib", "keys")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.writeString(folder.resolve("state/hook"), "");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("keys"));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Project project(String keys) throws IOException {
        Path file = Files.writeString(
                folder.resolve("agentctl.yaml"),
                "projects:\n  - {name: a, directory: work, agent: command, executable: cat, " + keys + "}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return switch (new ConfigurationReader().read(file, Map.of(), folder)) {
            case ConfigurationResult.Valid(var configuration, var _) ->
                configuration.projects().getFirst();
            case ConfigurationResult.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private Containment contain(String keys, String path) throws IOException {
        return Containment.of(
                project(keys),
                Map.of("PATH", path),
                folder.resolve("state"),
                folder.resolve("state/run"),
                folder.resolve("state/hook"));
    }

    @Test
    void aProjectThatAsksForNothingIsStartedAsItIs() throws IOException {
        assertThat(contain("trust: true", "/nowhere")).isEqualTo(new Containment.Held(List.of()));
    }

    @Test
    void limitsAreAScopesProperties() throws IOException {
        program("systemd-run", "while [ $# -gt 1 ]; do shift; done; exec \"$1\"\n");
        assertThat(contain("limits: {memory: 512M, cpu: 1.5, tasks: 50}", bin + ":/usr/bin:/bin"))
                .isEqualTo(new Containment.Held(List.of(
                        bin + "/systemd-run",
                        "--user",
                        "--scope",
                        "--quiet",
                        "--collect",
                        "-p",
                        "MemoryMax=536870912",
                        "-p",
                        "MemorySwapMax=0",
                        "-p",
                        "CPUQuota=150%",
                        "-p",
                        "TasksMax=50",
                        "--")));
    }

    @Test
    void aMachineThatLacksWhatIsAskedForStartsNothingAndSaysWhy() throws IOException {
        assertThat(contain("limits: {tasks: 50}", "/nowhere"))
                .isEqualTo(new Containment.Impossible("its limits cannot be held: systemd-run is not installed;"
                        + " limits need a machine that runs systemd"));
        program("systemd-run", "echo 'Failed to connect to bus' >&2; exit 1\n");
        assertThat(contain("limits: {tasks: 50}", bin + ":/usr/bin:/bin"))
                .isEqualTo(new Containment.Impossible("its limits cannot be held: systemd-run makes no scope (Failed to"
                        + " connect to bus); limits need a systemd that runs: log in as this user, or run loginctl"
                        + " enable-linger"));
        assertThat(contain("sandbox: {}", "/nowhere"))
                .isEqualTo(new Containment.Impossible("its sandbox cannot be made: bwrap is not installed; install it,"
                        + " for example: apt install bubblewrap"));
        program("bwrap", "echo 'bwrap: No permissions to create new namespace' >&2; exit 1\n");
        assertThat(contain("sandbox: {}", bin + ":/usr/bin:/bin").toString())
                .contains("can make no sandbox here (bwrap: No permissions to create new namespace)");
    }

    @Test
    void whatCannotBeTriedNowMayBeThereAllTheSame() throws IOException {
        Map<String, String> environment = Map.of("PATH", bin + ":/usr/bin:/bin");
        program("systemd-run", "exec sleep 1000\n");
        program("bwrap", "exec sleep 1000\n");
        assertThat(Abilities.limits(environment, Duration.ofMillis(1))).isInstanceOf(Abilities.Untried.class);
        assertThat(Abilities.sandbox(environment, Duration.ofMillis(1))).isInstanceOf(Abilities.Untried.class);
        Files.writeString(bin.resolve("systemd-run"), "#!/no/such/interpreter\n");
        assertThat(contain("limits: {tasks: 50}", bin + ":/usr/bin:/bin").toString())
                .startsWith("Unknown[why=its limits cannot be held now: systemd-run could not be tried (");
    }

    @Test
    void oneSystemdOfTwoThatGivesNoAnswerLeavesItOpen() throws IOException {
        Map<String, String> environment = Map.of("PATH", bin + ":/usr/bin:/bin");
        program("systemd-run", "[ \"$1\" = --user ] && exec sleep 1000; exit 1\n");
        assertThat(Abilities.limits(environment, Duration.ofSeconds(1))).isInstanceOf(Abilities.Untried.class);
    }

    @Test
    void whatIsWithinAnotherPlaceIsSetAfterItAndLinksAreFollowed() throws IOException {
        List<String> walls = Walls.arguments(
                project("sandbox: {read_only: [" + folder + ", lib], hidden: [link, none], network: off}")
                        .sandbox()
                        .orElseThrow(),
                folder.resolve("work"),
                new Walls.Doors(folder.resolve("state"), folder.resolve("state/run"), folder.resolve("state/hook")));
        assertThat(String.join(" ", walls).replace(folder.toString(), ""))
                .isEqualTo("--ro-bind   --ro-bind /dev/null /agentctl.yaml --tmpfs /keys --ro-bind /lib /lib"
                        + " --tmpfs /state --bind /work /work --ro-bind /state/hook /state/hook"
                        + " --bind /state/run /state/run --unshare-net --chdir /work");
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        program("bwrap", "exit 0\n");
        String path = bin + ":/usr/bin:/bin";
        assertThat(contain("sandbox: {hidden: [work]}", path))
                .isEqualTo(new Containment.Impossible(
                        "its sandbox cannot be made: hidden: " + folder + "/work is the project's own directory"));
        assertThat(contain("sandbox: {read_only: [none]}", path))
                .isEqualTo(new Containment.Impossible(
                        "its sandbox cannot be made: read_only: there is no " + folder + "/none"));
    }
}
