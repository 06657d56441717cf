package dev.agentctl.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Keeps the newest lines, as many as are wanted, and not more text than fits into the command's memory.
final class LastLines implements LogLines.LineSink {
    private static final int MOST_CHARACTERS = 4 << 20;

    private final long most;
    private final Deque<LogLine> kept = new ArrayDeque<>();
    private long characters;
    private boolean truncated;

    LastLines(long most) {
        this.most = most;
    }

    @Override
    public boolean take(LogLine line) {
        kept.add(line);
        characters += line.text().length();
        if (kept.size() > most) {
            drop();
        }
        while (characters > MOST_CHARACTERS && kept.size() > 1) {
            drop();
            truncated = true;
        }
        return true;
    }

    private void drop() {
        characters -= kept.removeFirst().text().length();
    }

    /// Whether lines were wanted that there was no room for.
    boolean truncated() {
        return truncated;
    }

    List<LogLine> lines() {
        return List.copyOf(kept);
    }
}
