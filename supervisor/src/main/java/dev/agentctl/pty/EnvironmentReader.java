package dev.agentctl.pty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// Reads what processes were started with, one after the other, from `/proc/PID/environ`: a hundred of them before each
/// start of a child, so by the bare calls, without a stream for each and an exception for every thread of the kernel's.
/// One thread's.
final class EnvironmentReader implements AutoCloseable {
    private static final int LONGEST_PATH = 64;
    private static final int USUAL = 64 << 10;
    /// Had before they are wanted: then no class could be loaded from a file.
    private static final String OURS_FULL = CLibrary.words(CLibrary.EMFILE);

    private static final String ALL_FULL = CLibrary.words(CLibrary.ENFILE);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = CLibrary.state(arena);
    private final MemorySegment path = arena.allocate(LONGEST_PATH);
    private MemorySegment room = arena.allocate(USUAL);

    /// Its variables, each with a zero before and after it, bytes as characters: the search in strings is a fast one.
    /// Empty where it has ended, is a zombie, is the kernel's, or is another user's; one zero where it has
    /// none now.
    ///
    /// @throws UncheckedIOException if too many files are open to tell
    String read(long pid) {
        int descriptor = Descriptor.open(
                state, SegmentAllocator.prefixAllocator(path).allocateFrom("/proc/" + pid + "/environ"));
        if (descriptor < 0) {
            return switch (-descriptor) {
                case CLibrary.EMFILE -> throw full();
                case CLibrary.ENFILE -> throw unseen(ALL_FULL);
                default -> "";
            };
        }
        try {
            // the zero before the first variable is there already
            int length = 1;
            for (int count = piece(descriptor, length); count > 0; count = piece(descriptor, length)) {
                length += count;
                if (length < room.byteSize()) {
                    // the kernel gives all there is
                    break;
                }
                room = arena.allocate(2 * room.byteSize()).copyFrom(room);
            }
            return new String(room.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
        } finally {
            Descriptor.close(state, descriptor);
        }
    }

    private int piece(int descriptor, int from) {
        return Descriptor.read(state, descriptor, room.asSlice(from));
    }

    /// This process may open no more files.
    static UncheckedIOException full() {
        return unseen(OURS_FULL);
    }

    private static UncheckedIOException unseen(String why) {
        String message = "cannot look at this machine's processes: " + why;
        return new UncheckedIOException(message, new IOException(message));
    }

    @Override
    public void close() {
        arena.close();
    }
}
