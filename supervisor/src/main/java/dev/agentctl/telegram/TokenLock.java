package dev.agentctl.telegram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The right to poll a bot on this machine. Two pollers would end each other's polls for ever; the lock's file is
/// named by a hash of the server's address and the token, and holds the pid of the one that polls. It is free the
/// moment its process ends.
final class TokenLock implements AutoCloseable {
    private static final int NAME_BYTES = 12;

    private final FileChannel channel;

    private TokenLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws TelegramStartException if another process has it, or the file cannot be used
    static TokenLock take(Path folder, TelegramSettings settings) {
        Path file = folder.resolve("telegram-" + hash(settings.apiUrl() + " " + settings.token()) + ".lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = holder(channel);
                channel.close();
                throw new TelegramStartException("telegram: another agentctl on this machine" + holder
                        + " already polls this bot; stop it, or give this one its own bot");
            }
            ByteBuffer pid =
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
            channel.truncate(0);
            channel.write(pid, 0);
            return new TokenLock(channel);
        } catch (IOException e) {
            throw new TelegramStartException("telegram: cannot use the lock file " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(32);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        return pid.matches("\\d+") ? " (pid " + pid + ")" : "";
    }

    private static String hash(String bot) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bot.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
