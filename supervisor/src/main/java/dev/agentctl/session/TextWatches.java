package dev.agentctl.session;

import dev.agentctl.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Those who wait for a text on a session's screen. Its screen guards it.
final class TextWatches {
    private final List<Watch> watches = new ArrayList<>();

    private record Watch(String text, CompletableFuture<String> line) {}

    /// Completes with the first line that contains the text.
    CompletableFuture<String> add(String text) {
        watches.removeIf(watch -> watch.line.isDone());
        Watch watch = new Watch(text, new CompletableFuture<>());
        watches.add(watch);
        return watch.line;
    }

    boolean isEmpty() {
        return watches.isEmpty();
    }

    void look(Screen screen) {
        watches.removeIf(watch -> watch.line.isDone());
        List<String> lines = watches.isEmpty() ? List.of() : screen.lines();
        for (Watch watch : watches) {
            Optional<String> found =
                    lines.stream().filter(line -> line.contains(watch.text)).findFirst();
            found.ifPresent(watch.line::complete);
        }
    }
}
