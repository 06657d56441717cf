package dev.agentctl.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// While it is open, what would end this process is told instead.
final class StopSignals implements AutoCloseable {
    private final Map<String, @Nullable Object> former = new LinkedHashMap<>();

    StopSignals(Runnable told) {
        for (String name : List.of("INT", "TERM", "HUP")) {
            former.put(name, Signals.register(name, told));
        }
    }

    @Override
    public void close() {
        former.forEach(Signals::unregister);
    }
}
