package dev.agentctl.host;

/// What a reader of a byte log is given, in order.
public sealed interface LogItem {
    /// Output, beginning at `offset`.
    record Bytes(long offset, byte[] bytes) implements LogItem {}

    /// A mark at `offset`. Sequence numbers grow from mark to mark, over the life of the log.
    record Marked(long offset, long sequence, Mark mark) implements LogItem {}

    /// The bytes from `from` to `to` are no longer kept.
    record Gap(long from, long to) implements LogItem {}

    /// A reader that does not follow has reached the end.
    record End(long offset) implements LogItem {}
}
