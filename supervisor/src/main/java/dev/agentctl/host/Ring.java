package dev.agentctl.host;

/// The newest bytes of a log in memory. Grows with use up to its capacity. Not thread-safe: its log guards it.
final class Ring {
    private static final int SMALLEST = 16 << 10;

    private final int capacity;
    private byte[] bytes = new byte[SMALLEST];
    /// The log offset of the first byte that is kept, and of the one after the last.
    private long start;

    private long end;

    Ring(int capacity, long offset) {
        this.capacity = capacity;
        this.start = offset;
        this.end = offset;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    void append(byte[] source, int length) {
        grow(length);
        int from = Math.max(0, length - bytes.length);
        for (int i = from; i < length; ) {
            int at = (int) ((end + i) % bytes.length);
            int run = Math.min(length - i, bytes.length - at);
            System.arraycopy(source, i, bytes, at, run);
            i += run;
        }
        end += length;
        start = Math.max(start, end - bytes.length);
    }

    /// Copies what is kept from `offset`, at most `most` bytes.
    byte[] copy(long offset, long most) {
        byte[] copy = new byte[(int) Math.min(most, end - offset)];
        for (int i = 0; i < copy.length; ) {
            int at = (int) ((offset + i) % bytes.length);
            int run = Math.min(copy.length - i, bytes.length - at);
            System.arraycopy(bytes, at, copy, i, run);
            i += run;
        }
        return copy;
    }

    private void grow(int more) {
        long needed = end - start + more;
        if (needed <= bytes.length || bytes.length >= capacity) {
            return;
        }
        int larger = bytes.length;
        while (larger < needed && larger < capacity) {
            larger *= 2;
        }
        byte[] kept = copy(start, end - start);
        bytes = new byte[Math.min(larger, capacity)];
        for (int i = 0; i < kept.length; i++) {
            bytes[(int) ((start + i) % bytes.length)] = kept[i];
        }
    }
}
