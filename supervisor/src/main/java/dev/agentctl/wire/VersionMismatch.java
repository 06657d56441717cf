package dev.agentctl.wire;

import java.io.IOException;

/// The other side is there, and speaks another version of the protocol.
public final class VersionMismatch extends IOException {
    VersionMismatch(String message) {
        super(message);
    }
}
