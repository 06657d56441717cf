package dev.agentctl.session;

import java.util.Map;

/// Keeps the [Memory] of every session. Any thread may call; what was saved is on disk.
public interface SessionMemory {
    Map<String, Memory> all();

    void save(String session, Memory memory);

    void forget(String session);
}
