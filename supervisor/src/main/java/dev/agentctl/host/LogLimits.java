package dev.agentctl.host;

import java.time.Duration;

/// How much of all output is kept, where, and for how long.
///
/// @param ringBytes the most that one log keeps in memory
/// @param ringTotal the most that all logs keep in memory, beside the little that each needs
/// @param segmentBytes a file of a log ends at this size
/// @param sessionBytes the most that one log keeps on disk
/// @param totalBytes the most that all logs keep on disk
/// @param segmentAge a file of a log ends at this age, so that age can be told in such steps
/// @param age output goes when it is as old as this
/// @param patience a disk that takes longer than this for what a log has waiting counts as failing
record LogLimits(
        int ringBytes,
        long ringTotal,
        long segmentBytes,
        long sessionBytes,
        long totalBytes,
        Duration segmentAge,
        Duration age,
        Duration patience) {
    /// The host's heap is 96 MB; 20 busy sessions' logs fill 5 MB of it. One long Claude session was 3.5 GB, so what
    /// is on disk is the newest part of one.
    static final LogLimits USUAL = new LogLimits(
            256 << 10,
            32L << 20,
            4L << 20,
            64L << 20,
            1L << 30,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofSeconds(1));
}
