package dev.agentctl.session;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Habits;
import dev.agentctl.project.Limits;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.project.Sandbox;
import dev.agentctl.project.Verbosity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project `a` with a script in the place of its agent; begun by the supervisor itself.
record ScriptedProject(
        Path directory,
        AgentKind kind,
        Path script,
        Optional<String> prompt,
        Map<String, String> environment,
        Optional<Sandbox> sandbox,
        OnCrash onCrash,
        Duration stuckAfter) {
    /// Shows every byte it is given, in a form that a screen shows.
    static final String RECORDER = """
            #!/bin/bash
            stty raw -echo
            trap 'printf "<TERM>"; exit 143' TERM
            printf '<READY>'
            while IFS= read -r -n 1 -d '' key; do
              case $key in $'\\r' | $'\\n') printf '<ENTER>' ;; [a-z/]) printf %s "$key" ;; esac
            done
            """;

    /// Prints that it is idle whenever a key is pressed.
    static final String PRINTER = """
            #!/bin/bash
            stty raw -echo
            printf '<READY>'
            while IFS= read -r -n 1 -d '' key; do printf '\\e]7501;state=idle:app=claude-code\\a<PRINTED>'; done
            """;

    /// Writes the script into the project's folder.
    static ScriptedProject write(Path directory, AgentKind kind, String script) throws IOException {
        return new ScriptedProject(
                directory,
                kind,
                program(directory, "agent", script),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                OnCrash.CONTINUE,
                Duration.ofMinutes(10));
    }

    ScriptedProject prompted(String words) {
        return new ScriptedProject(
                directory, kind, script, Optional.of(words), environment, sandbox, onCrash, stuckAfter);
    }

    ScriptedProject sandboxed(Map<String, String> variables, Sandbox within) {
        return new ScriptedProject(
                directory, kind, script, prompt, variables, Optional.of(within), onCrash, stuckAfter);
    }

    ScriptedProject after(OnCrash crash) {
        return new ScriptedProject(directory, kind, script, prompt, environment, sandbox, crash, stuckAfter);
    }

    ScriptedProject stuckAfter(Duration silence) {
        return new ScriptedProject(directory, kind, script, prompt, environment, sandbox, onCrash, silence);
    }

    Project project() {
        return new Project(
                "a",
                directory,
                kind,
                Optional.of(script.toString()),
                List.of(),
                environment,
                prompt,
                true,
                RestartMode.ON_FAILURE,
                onCrash,
                Duration.ofSeconds(1),
                stuckAfter,
                Optional.empty(),
                false,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                sandbox,
                List.of(),
                List.of());
    }

    static Path program(Path folder, String name, String script) throws IOException {
        Path program = folder.resolve(name);
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}
