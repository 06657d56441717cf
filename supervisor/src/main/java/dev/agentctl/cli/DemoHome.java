package dev.agentctl.cli;

import dev.agentctl.agent.Environment;
import dev.agentctl.project.YamlText;
import dev.agentctl.wire.FolderTree;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of one demo: a state folder, a configuration with one project, and the project. Nothing else is written.
///
/// @param path private to our user, and removed at the end
record DemoHome(Path path) {
    /// The one project.
    static final String PROJECT = "demo";

    private static final String AGENT = "dev.agentctl.demo.DemoAgent";
    private static final int AGENT_HEAP_MEGABYTES = 32;

    /// Makes it, ready for a supervisor.
    ///
    /// @param paceMillis how long a step of the sample agent's work takes
    static DemoHome create(long paceMillis) throws IOException {
        DemoHome home = new DemoHome(Files.createTempDirectory("agentctl-demo-"));
        Files.createDirectory(home.project());
        Files.writeString(home.configuration(), home.yaml(paceMillis), StandardCharsets.UTF_8);
        return home;
    }

    StateFolder state() {
        return new StateFolder(path.resolve("state"));
    }

    Path project() {
        return path.resolve("project");
    }

    private Path configuration() {
        return path.resolve("agentctl.yaml");
    }

    /// The environment of everything that the demo starts: the user's, but for what belongs to a real supervisor.
    Map<String, String> environment(Map<String, String> users) {
        Map<String, String> environment = new HashMap<>(Environment.inheritable(users));
        environment.put("AGENTCTL_HOME", state().path().toString());
        environment.put("AGENTCTL_CONFIG", configuration().toString());
        return environment;
    }

    private String yaml(long paceMillis) {
        List<String> command = new RoleLaunch("agent", AGENT, AGENT_HEAP_MEGABYTES).command();
        // without its performance data, of which a killed Java leaves a file behind
        String arguments = Stream.of(
                        Stream.of("-XX:-UsePerfData"), command.stream().skip(1), Stream.of(Long.toString(paceMillis)))
                .flatMap(Function.identity())
                .map(YamlText::quoted)
                .collect(Collectors.joining(", "));
        return """
                projects:
                  - name: %s
                    directory: %s
                    agent: command
                    executable: %s
                    args: [%s]
                    restart: on-failure
                    stop_timeout: 2s
                """.formatted(
                        PROJECT, YamlText.quoted(project().toString()), YamlText.quoted(command.getFirst()), arguments);
    }

    /// Removes everything. Call when nothing runs in it any more.
    ///
    /// @throws IOException if something is still there
    void delete() throws IOException {
        FolderTree.delete(path);
    }
}
