package dev.agentctl.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the programs themselves wrote down of what they heard: the other side of every claim that a message was typed.
final class Witness {
    private final Map<String, Path> records = new HashMap<>();
    private final Map<String, List<Long>> kills = new HashMap<>();

    /// @param record the file to which a session's program adds each line that it reads
    void listensAt(String session, Path record) {
        records.put(session, record);
    }

    void killed(String session) {
        kills.computeIfAbsent(session, _ -> new ArrayList<>()).add(System.currentTimeMillis());
    }

    void killedAll() {
        records.keySet().forEach(this::killed);
    }

    /// How often its program read this line.
    long times(String session, String line) throws IOException {
        return lines(session).stream().filter(line::equals).count();
    }

    private List<String> lines(String session) throws IOException {
        Path record = records.get(session);
        return record != null && Files.exists(record) ? Files.readAllLines(record) : List.of();
    }

    /// Whether a message may have been in the terminal of a program that was killed before it read it. A program reads
    /// in order: where it has read what was typed later, before the kill, that is no excuse.
    ///
    /// @param typed when, in milliseconds
    /// @param read when the messages were typed that the session's program has read
    boolean mayBeUnread(String session, long typed, List<Long> read) {
        return kills.getOrDefault(session, List.of()).stream()
                .filter(kill -> kill >= typed)
                .min(Long::compare)
                .filter(kill -> read.stream().noneMatch(other -> other > typed && other < kill))
                .isPresent();
    }
}
