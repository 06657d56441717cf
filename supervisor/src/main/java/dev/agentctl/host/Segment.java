package dev.agentctl.host;

import java.nio.file.Path;
import java.time.Instant;

/// A file of a log: `length` bytes that begin at offset `start`.
record Segment(Path file, long start, long length, Instant begun, Instant written) {
    long end() {
        return start + length;
    }

    Segment grown(long more, Instant now) {
        return new Segment(file, start, length + more, begun, now);
    }

    Segment cutTo(long size) {
        return new Segment(file, start, Math.min(length, size), begun, written);
    }
}
