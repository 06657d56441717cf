package dev.agentctl.session;

import dev.agentctl.agent.TokenCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the tokens in a conversation's file when somebody asks, from where it stopped the last time. Any thread may
/// ask. One platform thread at a time reads: a file of 100 MB is about a second of work, and on a virtual thread that
/// would keep others from running.
final class TokenMeter {
    private static final Logger LOG = LoggerFactory.getLogger(TokenMeter.class);
    private static final int PIECE = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Counted> reading = CompletableFuture.completedFuture(Counted.NOTHING); // guarded by lock
    private volatile Counted counted = Counted.NOTHING;
    private @Nullable Place place; // the reading thread's

    /// What a file told.
    private record Counted(Path file, Optional<TokenCount> total) {
        static final Counted NOTHING = new Counted(Path.of(""), Optional.empty());

        Optional<TokenCount> of(Path wanted) {
            return file.equals(wanted) ? total : Optional.empty();
        }
    }

    /// How far a file was read. One that was replaced has another key.
    private static final class Place {
        final Path file;
        final @Nullable Object key;
        final TokenLines lines = new TokenLines();
        long offset;

        Place(Path file, @Nullable Object key) {
            this.file = file;
            this.key = key;
        }
    }

    /// Begins to read on, for whoever asks before that is done.
    TokenReading count(Path file) {
        CompletableFuture<Counted> begun = begin(file);
        return patience -> {
            CompletableFuture<Counted> known = patience.isZero()
                    ? CompletableFuture.completedFuture(counted)
                    : begun.copy().completeOnTimeout(counted, patience.toMillis(), TimeUnit.MILLISECONDS);
            return known.join().of(file);
        };
    }

    private CompletableFuture<Counted> begin(Path file) {
        lock.lock();
        try {
            if (reading.isDone()) {
                CompletableFuture<Counted> begun = new CompletableFuture<>();
                reading = begun;
                Thread.ofPlatform().daemon().name("tokens").start(() -> read(file, begun));
            }
            return reading;
        } finally {
            lock.unlock();
        }
    }

    private void read(Path file, CompletableFuture<Counted> done) {
        try {
            counted = new Counted(file, Optional.of(readOn(file)));
        } catch (IOException | RuntimeException e) {
            LOG.debug("the tokens of {} are not counted: {}", file, e.getMessage());
        } finally {
            done.complete(counted);
        }
    }

    private TokenCount readOn(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new IOException("it is no file");
        }
        Place from = place;
        if (from == null
                || !from.file.equals(file)
                || !Objects.equals(from.key, found.fileKey())
                || found.size() < from.offset) {
            from = new Place(file, found.fileKey());
            place = from;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (channel.read(piece, from.offset) > 0) {
                piece.flip();
                from.offset += piece.remaining();
                from.lines.add(piece);
                piece.clear();
            }
        }
        return from.lines.total();
    }
}
