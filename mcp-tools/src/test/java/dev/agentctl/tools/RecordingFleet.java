package dev.agentctl.tools;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The sessions `a`, which asks something, and `b`; it remembers what was done.
final class RecordingFleet implements Fleet {
    final List<String> done = new CopyOnWriteArrayList<>();

    @Override
    public List<Member> members() {
        return List.of(
                new Member("a", "claude", "/src/a", "awaiting-answer", "tool ask", 0, 0),
                new Member("b", "codex", "/src/b", "idle", "hook Stop", 1, 2));
    }

    @Override
    public List<Waiting> waiting() {
        return List.of(new Waiting("q1", "a", "Which colour?"));
    }

    @Override
    public Optional<String> screen(String session) {
        return Optional.of("screen of " + session);
    }

    @Override
    public Done send(Guest guest, String session, String text, String callKey) {
        return note(guest, "send " + session + " " + text);
    }

    @Override
    public Done answer(Guest guest, String id, String text, String callKey) {
        return note(guest, "answer " + id + " " + text);
    }

    @Override
    public Done start(Guest guest, String session) {
        return note(guest, "start " + session);
    }

    @Override
    public Done stop(Guest guest, String session) {
        return note(guest, "stop " + session);
    }

    private Done note(Guest guest, String what) {
        done.add(guest.name() + " " + what);
        return new Done(true, "done");
    }
}
