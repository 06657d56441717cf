package dev.agentctl.cli;

import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// Where a command runs: what it may read and write, and which supervisor it would start.
///
/// @param interactive whether a person sits at both `in` and `out`
record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        RoleLaunch supervisor) {

    StateFolder state() {
        return StateFolder.of(environment);
    }
}
