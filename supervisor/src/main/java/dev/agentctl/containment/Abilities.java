package dev.agentctl.containment;

import dev.agentctl.pty.Executable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What this machine can hold a session's processes with, found out by doing it with a program that does nothing
/// (3 ms for a sandbox): a machine may have the programs and refuse their work.
///
/// @param limits by control groups, each session's in a scope of systemd
/// @param sandbox by namespaces, with bubblewrap
public record Abilities(Ability limits, Ability sandbox) {
    private static final List<String> SCOPE = List.of("--scope", "--quiet", "--collect");
    private static final int PATIENCE_SECONDS = 10;

    /// Whether it can be done.
    public sealed interface Ability {}

    /// It can be done.
    ///
    /// @param command what it is done with; more arguments and the program follow
    /// @param words for a person
    public record Works(List<String> command, String words) implements Ability {
        public Works {
            command = List.copyOf(command);
        }
    }

    /// It cannot.
    ///
    /// @param why in one line, with what to do
    public record Lacking(String why) implements Ability {}

    /// Takes a moment.
    ///
    /// @param environment in which sessions are started
    public static Abilities find(Map<String, String> environment) {
        return new Abilities(limits(environment), sandbox(environment));
    }

    static Ability limits(Map<String, String> environment) {
        Optional<Path> run = Executable.find("systemd-run", environment.getOrDefault("PATH", ""));
        if (run.isEmpty()) {
            return new Lacking("systemd-run is not installed; limits need a machine that runs systemd");
        }
        List<String> user = scope(run.get(), "--user");
        if (works(user, environment).isEmpty()) {
            return new Works(user, "a scope of the user's systemd");
        }
        List<String> system = scope(run.get(), "--system");
        Optional<String> why = works(system, environment);
        return why.isEmpty()
                ? new Works(system, "a scope of systemd")
                : new Lacking("systemd-run makes no scope (" + why.get()
                        + "); limits need a systemd that runs: log in as this user, or run loginctl enable-linger");
    }

    private static List<String> scope(Path run, String manager) {
        List<String> command = new ArrayList<>(List.of(run.toString(), manager));
        command.addAll(SCOPE);
        return command;
    }

    static Ability sandbox(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "");
        Optional<Path> bwrap = Executable.find("bwrap", path);
        Optional<Path> env = Executable.find("env", path);
        if (bwrap.isEmpty() || env.isEmpty()) {
            return new Lacking("bwrap is not installed; install it, for example: apt install bubblewrap");
        }
        List<String> command = List.of(
                env.get().toString(),
                "--ignore-signal=" + Walls.SIGNALS,
                bwrap.get().toString());
        List<String> probe = new ArrayList<>(command);
        probe.addAll(Walls.BASE);
        probe.addAll(Walls.inside(env.get()));
        Optional<String> why = works(probe, environment);
        return why.isEmpty()
                ? new Works(command, "bubblewrap")
                : new Lacking("bwrap can make no sandbox here (" + why.get()
                        + "); allow user namespaces (sysctl kernel.unprivileged_userns_clone) or do without 'sandbox'");
    }

    /// Runs `true` by that command.
    ///
    /// @return what went wrong
    private static Optional<String> works(List<String> command, Map<String, String> environment) {
        List<String> whole = new ArrayList<>(command);
        whole.add("true");
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("no answer within " + PATIENCE_SECONDS + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(firstLine(said, process.exitValue()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static String firstLine(String said, int status) {
        return said.lines().filter(line -> !line.isBlank()).findFirst().orElse("exit status " + status);
    }
}
