package dev.agentctl.cli;

import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Runs commands in this process, with streams of their own.
final class CommandRun {
    private final Map<String, String> environment;
    private final RoleLaunch supervisor;

    /// What a command came to.
    record Result(int code, String out, String err) {}

    CommandRun(StateFolder folder) {
        this(folder, new RoleLaunch("supervisor", "no.such.Main", 32));
    }

    CommandRun(StateFolder folder, RoleLaunch supervisor) {
        environment = new HashMap<>(System.getenv());
        environment.remove("AGENTCTL_CONFIG");
        environment.put("AGENTCTL_HOME", folder.path().toString());
        this.supervisor = supervisor;
    }

    /// Sets a variable of the commands to come.
    void export(String name, String value) {
        environment.put(name, value);
    }

    Result run(String... arguments) {
        return runWithInput("", false, arguments);
    }

    Result runWithInput(String input, boolean interactive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(arguments, surroundings(input, interactive, out, err));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Where a command finds nobody and is heard by nobody.
    Surroundings surroundings() {
        return surroundings("", false, new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    /// Where a command that is no person's reads this and writes there.
    Surroundings surroundings(String input, ByteArrayOutputStream out) {
        return surroundings(input, false, out, new ByteArrayOutputStream());
    }

    private Surroundings surroundings(
            String input, boolean interactive, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Surroundings(
                Map.copyOf(environment),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                supervisor);
    }
}
