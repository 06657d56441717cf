package dev.agentctl.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// A real agent command line, as the one project `a` of a configuration.
public enum Cli {
    CLAUDE,
    CODEX;

    /// Makes the project's folder and tells its entry.
    ///
    /// @param more further keys, each on a line of its own
    public String project(AgentHome home, String... more) throws IOException {
        return named("a", home, more);
    }

    /// The same under another name.
    public String named(String name, AgentHome home, String... more) throws IOException {
        Path directory = home.project(name);
        String entry = switch (this) {
            case CLAUDE -> """
                      - name: %s
                        directory: %s
                        agent: claude
                        executable: %s
                        permission_mode: default
                    """.formatted(name, directory, AgentClis.claude());
            case CODEX ->
                """
                      - name: %s
                        directory: %s
                        agent: codex
                        executable: %s
                        trust: true
                        args: [%s]
                    """.formatted(
                                name,
                                directory,
                                AgentClis.codex(),
                                home.codexArguments().stream()
                                        .map(argument -> "'" + argument + "'")
                                        .collect(Collectors.joining(", ")));
        };
        StringBuilder whole = new StringBuilder(entry);
        for (String key : more) {
            whole.append("    ").append(key).append('\n');
        }
        return whole.toString();
    }

    /// The script word that makes the agent use a shell with a command that needs approval.
    public String shell(String command) {
        return switch (this) {
            case CLAUDE -> "CALL Bash {\"command\":\"" + command + "\",\"description\":\"d\"}END";
            case CODEX ->
                "CALL exec_command {\"cmd\":\"" + command
                        + "\",\"sandbox_permissions\":\"require_escalated\",\"justification\":\"j\"}END";
        };
    }
}
