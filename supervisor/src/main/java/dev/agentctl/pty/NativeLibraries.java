package dev.agentctl.pty;

import java.nio.file.Path;

/// The parts of pty4j, and of the JNA under it, that are not Java.
public final class NativeLibraries {
    private NativeLibraries() {}

    /// Has them unpacked into this folder, and not into the temporary one and `~/.cache`. It exists and nobody else may
    /// write to it; call before the first terminal.
    public static void unpackInto(Path folder) {
        System.setProperty("pty4j.tmpdir", folder.toString());
        System.setProperty("jna.tmpdir", folder.toString());
    }
}
