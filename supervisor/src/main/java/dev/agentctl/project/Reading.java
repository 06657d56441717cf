package dev.agentctl.project;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// What all parts of one reading share.
///
/// @param folder where the configuration is; relative paths in it begin there
record Reading(Path folder, Variables variables, Problems problems) {
    /// `text` as a path below `base`; empty where this system cannot have such a path.
    static Optional<Path> resolve(Path base, String text) {
        try {
            return Optional.of(base.resolve(text).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
