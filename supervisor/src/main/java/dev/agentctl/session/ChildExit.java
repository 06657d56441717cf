package dev.agentctl.session;

import java.util.OptionalInt;

/// How a child ended.
///
/// @param generation the number of its start; 0: none has ended yet
/// @param status its exit status, 128 + n after signal n; empty where the host died with it
public record ChildExit(long generation, OptionalInt status) {
    static final ChildExit NONE = new ChildExit(0, OptionalInt.empty());
}
