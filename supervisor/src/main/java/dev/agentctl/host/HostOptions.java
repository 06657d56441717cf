package dev.agentctl.host;

import java.time.Duration;
import java.time.InstantSource;

/// What a host is told when it starts; tests tell it other things.
///
/// @param patience how long a client may take to say who it is, to end a frame, or to read what it is sent
record HostOptions(LogLimits logs, InstantSource clock, Duration patience) {
    static final HostOptions USUAL = new HostOptions(LogLimits.USUAL, InstantSource.system(), Duration.ofSeconds(30));
}
