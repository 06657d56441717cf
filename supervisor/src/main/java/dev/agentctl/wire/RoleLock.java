package dev.agentctl.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Held by the one process of a role (host, supervisor) for as long as it lives. The lock decides, never the number
/// in the file: that only tells a person who holds it.
public final class RoleLock implements AutoCloseable {
    /// A lock that nobody can reach is collected, and with it the kernel's.
    private static final Set<RoleLock> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;

    @SuppressWarnings("UnusedVariable") // keeps the lock reachable
    private final FileLock lock;

    private RoleLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock, or empty when another process holds it.
    public static Optional<RoleLock> take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        RoleLock held = new RoleLock(channel, lock);
        HELD.add(held);
        return Optional.of(held);
    }

    /// The descriptor by which this process holds the lock. It stays open, and the lock held, in whatever program
    /// the process runs next. That one opens none of its own: the kernel drops the lock as soon as any descriptor
    /// of the file is closed.
    public static int descriptor(Path file) throws IOException {
        return Exec.of(file);
    }

    /// The process id that the last holder wrote, for messages only.
    public static String holder(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException _) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        HELD.remove(this);
        channel.close();
    }
}
