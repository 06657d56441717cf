package dev.agentctl.project;

import java.nio.file.Path;
import java.util.List;

/// What a session's processes see of the machine, where that is less than their user sees. Of other processes they see
/// none, nor agentctl's own state.
///
/// @param readOnly absolute; files and folders that they cannot change, but for the project's folder in one
/// @param hidden absolute; files and folders that are empty to them
/// @param network whether they have one; without, the agent's tools are out of reach too
public record Sandbox(List<Path> readOnly, List<Path> hidden, boolean network) {
    public Sandbox {
        readOnly = List.copyOf(readOnly);
        hidden = List.copyOf(hidden);
    }
}
