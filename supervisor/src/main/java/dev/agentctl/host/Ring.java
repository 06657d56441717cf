package dev.agentctl.host;

import dev.agentctl.wire.MemoryBudget;

/// The newest bytes of a log in memory. Grows with use up to its capacity, as far as the budget allows. Not
/// thread-safe: its log guards it.
final class Ring {
    private static final int SMALLEST = 16 << 10;

    private final int capacity;
    private final MemoryBudget budget;
    /// None before the first are appended: of a thousand sessions most have said nothing lately.
    private byte[] bytes = new byte[0];

    /// The log offset of the first byte that is kept, and of the one after the last.
    private long start;

    private long end;

    Ring(int capacity, MemoryBudget budget, long offset) {
        this.capacity = capacity;
        this.budget = budget;
        this.start = offset;
        this.end = offset;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    /// Where it will start after so many more bytes.
    long startAfter(int length) {
        grow(length);
        return Math.max(start, end + length - bytes.length);
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

    /// Gives the memory back, and keeps what then has room.
    void shrink() {
        resize(Math.min(SMALLEST, bytes.length));
    }

    private void grow(int more) {
        long needed = end - start + more;
        if (needed <= bytes.length || bytes.length >= capacity) {
            return;
        }
        long larger = Math.max(SMALLEST, bytes.length);
        while (larger < needed && larger < capacity) {
            larger *= 2;
        }
        resize((int) Math.min(larger, capacity));
    }

    private void resize(int size) {
        // the little that each needs is its own
        int more = Math.max(SMALLEST, size) - Math.max(SMALLEST, bytes.length);
        if (more > 0 && !budget.take(more)) {
            if (bytes.length < SMALLEST) {
                resize(SMALLEST);
            }
            return;
        }
        if (more < 0) {
            budget.giveBack(-more);
        }
        start = Math.max(start, end - size);
        byte[] kept = copy(start, end - start);
        bytes = new byte[size];
        for (int i = 0; i < kept.length; ) {
            int at = (int) ((start + i) % size);
            int run = Math.min(kept.length - i, size - at);
            System.arraycopy(kept, i, bytes, at, run);
            i += run;
        }
    }
}
