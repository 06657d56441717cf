package dev.agentctl.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The text of a small UTF-8 file, or why it cannot be had.
sealed interface TextFile {
    /// All of it, without a byte order mark.
    record Text(String text) implements TextFile {}

    /// There is no text to be had.
    ///
    /// @param line where decoding failed; 0 where the file as a whole is meant, and then the reason names it
    record Refused(int line, String reason) implements TextFile {
        /// For a message about another file, which says where this one is named.
        String sentence() {
            return line == 0 ? reason : "line " + line + " of the file: " + reason;
        }
    }

    /// Reads at most `limit` bytes. A larger file is refused unread, and anything but a regular file unopened: opening
    /// a pipe would wait for its writer.
    static TextFile read(Path file, int limit) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return new Refused(0, file + " is not a regular file");
            }
            if (Files.size(file) > limit) {
                return tooLarge(file, limit);
            }
            byte[] bytes = bounded(file, limit + 1);
            return bytes.length > limit ? tooLarge(file, limit) : decode(bytes);
        } catch (IOException e) {
            return new Refused(0, "cannot read " + file + ": " + reason(e));
        }
    }

    /// What went wrong, in a few words without the path.
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException known when known.getReason() != null -> String.valueOf(known.getReason());
            default -> firstLine(e.getMessage());
        };
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "input/output error"
                : message.lines().findFirst().orElse("input/output error");
    }

    private static Refused tooLarge(Path file, int limit) {
        return new Refused(0, file + " is larger than " + limit / 1024 + " KiB");
    }

    private static byte[] bounded(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
        }
    }

    private static TextFile decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            return new Refused(line, "not UTF-8 text; save the file as UTF-8");
        }
        String whole = text.toString();
        return new Text(whole.startsWith("\uFEFF") ? whole.substring(1) : whole);
    }
}
