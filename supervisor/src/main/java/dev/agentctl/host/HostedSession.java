package dev.agentctl.host;

/// What the host knows of a session.
///
/// @param generation the number of its last child; 0 when this host has started none
/// @param alive whether that child runs
/// @param status its exit status when it does not
/// @param start the first offset that is still kept
/// @param end the offset after the newest byte
/// @param lostBytes how much output could not be kept though it should have been: the disk was full or failed, or
///     somebody removed files of the log
/// @param losses how often that happened
public record HostedSession(
        String name,
        long generation,
        long pid,
        boolean alive,
        int status,
        int columns,
        int rows,
        long start,
        long end,
        long lostBytes,
        int losses) {}
