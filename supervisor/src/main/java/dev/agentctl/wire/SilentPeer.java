package dev.agentctl.wire;

import java.io.IOException;

/// The process that listens did not say who it is in time: it is stopped, or hangs. The message is one line for the
/// operator.
public final class SilentPeer extends IOException {
    SilentPeer(String message, Throwable cause) {
        super(message, cause);
    }
}
