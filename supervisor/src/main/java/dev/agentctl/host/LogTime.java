package dev.agentctl.host;

/// From this offset of a log on, its bytes came at this time or later.
///
/// @param millis since the epoch
public record LogTime(long offset, long millis) {}
