package dev.agentctl.wire;

import java.io.IOException;

/// The other side sent something that is no frame of ours, or more than a frame may hold.
public final class WireException extends IOException {
    public WireException(String message) {
        super(message);
    }
}
