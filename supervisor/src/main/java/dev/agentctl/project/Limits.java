package dev.agentctl.project;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What all processes of a session together may take of the machine.
///
/// @param memory in bytes
/// @param cpu in percent of one processor
/// @param tasks processes and threads
public record Limits(OptionalLong memory, OptionalInt cpu, OptionalInt tasks) {
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());
}
