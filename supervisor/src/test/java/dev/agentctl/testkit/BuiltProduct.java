package dev.agentctl.testkit;

import dev.agentctl.wire.RoleLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Where the tests start the product's processes from. `scripts/test` builds the product before it tests, and names its
/// folder: with its start-up caches a role takes a fifth of the processor time that it takes from class folders. Run in
/// any other way, tests start what they were compiled with.
public final class BuiltProduct {
    private static final String FOLDER = Objects.requireNonNullElse(System.getProperty("agentctl.product"), "");

    private BuiltProduct() {}

    /// The command line as a process, with the options that the launcher gives it.
    public static List<String> commandLine(String... arguments) {
        List<String> command = new ArrayList<>(
                role(new RoleLaunch("agentctl", "dev.agentctl.cli.Main", 64)).command());
        command.add(1, "-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        return command;
    }

    public static RoleLaunch role(RoleLaunch role) {
        return FOLDER.isEmpty() ? role : role.from(Path.of(FOLDER));
    }
}
