package dev.agentctl.pty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the program that a name means, as `execvp` would, but before anything is forked: a child set-up that fails
/// inside pty4j returns into a forked JVM.
public final class Executable {
    private Executable() {}

    /// The program's absolute path.
    ///
    /// @param directory what a relative path with a slash is relative to
    /// @param searchPath the `PATH` to look at
    /// @throws PtyStartException naming what is missing
    public static Path resolve(String name, Path directory, String searchPath) throws PtyStartException {
        if (name.contains("/")) {
            return require(directory.resolve(name), name);
        }
        Optional<Path> found = find(name, searchPath);
        if (found.isEmpty()) {
            throw new PtyStartException(
                    "no program '" + name + "' on PATH; install it or set the project's executable", true);
        }
        return found.get();
    }

    /// The first executable file of that name on `searchPath`.
    public static Optional<Path> find(String name, String searchPath) {
        for (String folder : searchPath.split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static Path require(Path program, String name) throws PtyStartException {
        if (Files.isDirectory(program)) {
            throw new PtyStartException("the program '" + name + "' is a folder", true);
        }
        if (!Files.exists(program)) {
            throw new PtyStartException("no program at '" + name + "'; check the project's executable", true);
        }
        if (!Files.isExecutable(program)) {
            throw new PtyStartException("the program '" + name + "' is not executable; run: chmod +x " + name, true);
        }
        return program.toAbsolutePath();
    }
}
