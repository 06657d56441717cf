package dev.agentctl.doctor;

import dev.agentctl.project.YamlText;
import dev.agentctl.wire.FolderTree;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The folder in which an agent is tried: HOME, state folder, configuration, and one project. Nothing else is written,
/// and nothing of the user's is read but the program.
///
/// @param path private to our user, and removed at the end
record CheckupHome(Path path) {
    /// The one project.
    static final String PROJECT = "check";

    static CheckupHome create() throws IOException {
        CheckupHome home =
                new CheckupHome(Files.createTempDirectory("agentctl-check-").toRealPath());
        Files.createDirectory(home.project());
        // Codex refuses a home below the folder for temporary files
        Files.createDirectory(home.path.resolve("tmp"));
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

    /// The whole environment of the supervisor, and with it of the agent.
    ///
    /// @param searchPath the user's PATH
    Map<String, String> environment(String searchPath) {
        return Map.of(
                "HOME",
                path.toString(),
                "TMPDIR",
                path.resolve("tmp").toString(),
                "PATH",
                searchPath,
                "TERM",
                "xterm-256color",
                "LANG",
                "C.UTF-8",
                "AGENTCTL_CONFIG",
                configuration().toString());
    }

    /// Writes the configuration and what the agent expects of its home.
    void settle(Patient patient, Path program, String model) throws IOException {
        patient.settle(path, project());
        String environment = patient.environment(model).entrySet().stream()
                .map(variable -> variable.getKey() + ": " + YamlText.quoted(variable.getValue()))
                .collect(Collectors.joining(", "));
        Files.writeString(configuration(), """
                projects:
                  - name: %s
                    directory: %s
                    agent: %s
                    executable: %s
                    args: [%s]
                    env: {%s}
                    %s
                    stop_timeout: 3s
                """.formatted(
                        PROJECT,
                        YamlText.quoted(project().toString()),
                        patient.kind().word(),
                        YamlText.quoted(program.toString()),
                        list(patient.arguments(model)),
                        environment,
                        patient.key()));
        Files.setPosixFilePermissions(configuration(), PosixFilePermissions.fromString("rw-------"));
    }

    private static String list(List<String> words) {
        return words.stream().map(YamlText::quoted).collect(Collectors.joining(", "));
    }

    /// Removes it as far as it can; call when nothing runs in it any more.
    void delete() {
        try {
            FolderTree.delete(path);
        } catch (IOException _) {
            // a process that outlived its end still writes; the system's own cleaning takes the rest
        }
    }
}
