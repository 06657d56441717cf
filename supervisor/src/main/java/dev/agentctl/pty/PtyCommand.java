package dev.agentctl.pty;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to run on a new pseudo-terminal.
///
/// @param argv the program (a path, or a name to be found on the environment's `PATH`) and its arguments
/// @param directory the working directory; must exist
/// @param environment the whole environment of the child; nothing is inherited
public record PtyCommand(List<String> argv, Path directory, Map<String, String> environment, int columns, int rows) {
    public PtyCommand {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }
}
