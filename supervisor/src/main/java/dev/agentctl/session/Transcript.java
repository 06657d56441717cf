package dev.agentctl.session;

import dev.agentctl.agent.Prompt;
import dev.agentctl.agent.TranscriptEntry;
import dev.agentctl.agent.TranscriptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// An agent's own file of a conversation: JSON lines, of a form that differs by agent. Read only to find whether a text
/// is in it, and what was asked last.
final class Transcript {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int TAIL = 64 << 10;

    private Transcript() {}

    /// Whether some string in some line contains the message. False where the file cannot be read.
    static boolean has(Path file, String message) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.anyMatch(line -> lineHas(line, message));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }

    /// The last that was said to the agent.
    static Optional<String> lastPrompt(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.flatMap(line -> TranscriptReader.read(line).stream())
                    .filter(entry -> entry.kind() == TranscriptEntry.Kind.USER)
                    .map(TranscriptEntry::text)
                    .reduce((_, later) -> later);
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /// Its last lines, of which the first may be cut; none where the file cannot be read.
    static List<String> tail(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), TAIL));
            channel.position(channel.size() - tail.capacity());
            while (tail.hasRemaining() && channel.read(tail) >= 0) {}
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean lineHas(String line, String message) {
        try {
            return has(JSON.readTree(line), message);
        } catch (JacksonException _) {
            return false;
        }
    }

    private static boolean has(JsonNode node, String message) {
        if (node.isString()) {
            return Prompt.contains(node.asString(), message);
        }
        for (JsonNode child : node.values()) {
            if (has(child, message)) {
                return true;
            }
        }
        return false;
    }
}
