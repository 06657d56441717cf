package dev.agentctl.containment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentctl.pty.Executable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this machine can hold a session's processes with, found out by doing it with a program that does nothing
/// (3 ms for a sandbox): a machine may have the programs and refuse their work.
///
/// @param limits by control groups, each session's in a scope of systemd
/// @param sandbox by namespaces, with bubblewrap
public record Abilities(Ability limits, Ability sandbox) {
    private static final List<String> SCOPE = List.of("--scope", "--quiet", "--collect");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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

    /// It could not be tried: the program does not begin, as where there is no room for a process, or does not come to
    /// an end. Another time it may.
    ///
    /// @param why in one line
    public record Untried(String why) implements Ability {}

    /// What came of trying it.
    private sealed interface Trial {
        record Passed() implements Trial {}

        record Failed(String why) implements Trial {}

        record Unfinished(String why) implements Trial {}
    }

    /// Takes a moment.
    ///
    /// @param environment in which sessions are started
    public static Abilities find(Map<String, String> environment) {
        return new Abilities(limits(environment), sandbox(environment));
    }

    static Ability limits(Map<String, String> environment) {
        return limits(environment, PATIENCE);
    }

    static Ability limits(Map<String, String> environment, Duration patience) {
        Optional<Path> run = Executable.find("systemd-run", environment.getOrDefault("PATH", ""));
        if (run.isEmpty()) {
            return new Lacking("systemd-run is not installed; limits need a machine that runs systemd");
        }
        List<String> user = scope(run.get(), "--user");
        Trial own = trial(user, environment, patience);
        if (own instanceof Trial.Passed) {
            return new Works(user, "a scope of the user's systemd");
        }
        List<String> system = scope(run.get(), "--system");
        return switch (trial(system, environment, patience)) {
            case Trial.Passed() -> new Works(system, "a scope of systemd");
            case Trial.Unfinished(String why) -> noScopeNow(why);
            case Trial.Failed(String why) ->
                own instanceof Trial.Unfinished(String first) ? noScopeNow(first) : noScope(why);
        };
    }

    private static Ability noScopeNow(String why) {
        return new Untried("systemd-run could not be tried (" + why + ")");
    }

    private static Ability noScope(String why) {
        return new Lacking("systemd-run makes no scope (" + why
                + "); limits need a systemd that runs: log in as this user, or run loginctl enable-linger");
    }

    private static List<String> scope(Path run, String manager) {
        List<String> command = new ArrayList<>(List.of(run.toString(), manager));
        command.addAll(SCOPE);
        return command;
    }

    static Ability sandbox(Map<String, String> environment) {
        return sandbox(environment, PATIENCE);
    }

    static Ability sandbox(Map<String, String> environment, Duration patience) {
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
        return switch (trial(probe, environment, patience)) {
            case Trial.Passed() -> new Works(command, "bubblewrap");
            case Trial.Unfinished(String why) -> new Untried("bwrap could not be tried (" + why + ")");
            case Trial.Failed(String why) ->
                new Lacking("bwrap can make no sandbox here (" + why
                        + "); allow user namespaces (sysctl kernel.unprivileged_userns_clone) or do without"
                        + " 'sandbox'");
        };
    }

    /// Runs `true` by that command, a program that there is.
    private static Trial trial(List<String> command, Map<String, String> environment, Duration patience) {
        List<String> whole = new ArrayList<>(command);
        whole.add("true");
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(patience)) {
                process.destroyForcibly();
                return new Trial.Unfinished("no answer within " + patience.toSeconds() + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.exitValue() == 0
                    ? new Trial.Passed()
                    : new Trial.Failed(firstLine(said, process.exitValue()));
        } catch (IOException e) {
            return new Trial.Unfinished(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Trial.Unfinished("interrupted");
        }
    }

    private static String firstLine(String said, int status) {
        return said.lines().filter(line -> !line.isBlank()).findFirst().orElse("exit status " + status);
    }
}
