package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The service manager of this machine, asked by its own commands.
///
/// @param system whether the machine's own is meant, not the user's
record Systemd(boolean system) {
    /// What sd_booted(3) looks at.
    private static final Path RUNNING = Path.of("/run/systemd/system");

    /// What a command said.
    record Said(int status, String words) {}

    static boolean runs() {
        return Files.isDirectory(RUNNING);
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        if (!system) {
            command.add("--user");
        }
        command.addAll(List.of(words));
        return command;
    }

    Said ask(String... words) throws IOException, InterruptedException {
        return run(command(words));
    }

    /// How an installed unit is.
    UnitState look(String unit) throws IOException, InterruptedException {
        Said active = ask("is-active", unit);
        Said enabled = ask("is-enabled", unit);
        return new UnitState(
                unit,
                active.status() == 0,
                Optional.of(active.words().strip()),
                Optional.of(enabled.words().strip()));
    }

    /// Does it.
    ///
    /// @throws CommandFailure with its own last words
    void require(String... words) throws CommandFailure, IOException, InterruptedException {
        Said said = ask(words);
        if (said.status != 0) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    String.join(" ", command(words)) + " failed: " + Printable.line(lastLine(said.words)));
        }
    }

    /// What is wrong with unit files, where the machine has the program that tells.
    static Optional<String> objection(List<Path> units, boolean system) throws InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("systemd-analyze", system ? "--system" : "--user", "--man=no", "verify"));
        units.forEach(unit -> command.add(unit.toString()));
        try {
            Said said = run(command);
            return said.status == 0 ? Optional.empty() : Optional.of(lastLine(said.words));
        } catch (IOException _) {
            // it is not installed
            return Optional.empty();
        }
    }

    private static Said run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), words);
    }

    private static String lastLine(String words) {
        return words.lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("it said nothing");
    }
}
