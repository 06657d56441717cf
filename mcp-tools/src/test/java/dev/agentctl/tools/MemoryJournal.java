package dev.agentctl.tools;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A journal that lasts as long as the test.
final class MemoryJournal implements CallJournal {
    private final Map<String, OpenedSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, WaitingCall> calls = new ConcurrentHashMap<>();

    @Override
    public void sessionOpened(OpenedSession session) {
        sessions.put(session.id(), session);
    }

    @Override
    public Optional<OpenedSession> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public void sessionClosed(String id) {
        sessions.remove(id);
    }

    @Override
    public void callWaits(WaitingCall call) {
        calls.putIfAbsent(call.key(), call);
    }

    @Override
    public Optional<WaitingCall> call(String key) {
        return Optional.ofNullable(calls.get(key));
    }

    @Override
    public List<WaitingCall> calls(String mcpSession) {
        return calls.values().stream()
                .filter(call -> call.mcpSession().equals(mcpSession))
                .toList();
    }

    @Override
    public void callCancelled(String key) {
        calls.remove(key);
    }
}
