package dev.agentctl.pty;

import java.nio.file.Path;

/// Where the parts of pty4j and JNA that are not Java lie while a process has them.
///
/// Left to themselves they unpack into the temporary folder, where a killed process leaves them for ever and which may
/// be mounted noexec, and into `~/.cache`.
public final class NativeLibraries {
    private NativeLibraries() {}

    /// Has them unpacked into this folder, which exists. Before the first terminal.
    public static void unpackInto(Path folder) {
        System.setProperty("pty4j.tmpdir", folder.toString());
        System.setProperty("jna.tmpdir", folder.toString());
    }
}
