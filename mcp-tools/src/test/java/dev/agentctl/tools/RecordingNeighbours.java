package dev.agentctl.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lets `project-a` and `project-b` see each other, and nobody else.
final class RecordingNeighbours implements Neighbours {
    record Sent(Caller caller, String session, String text, String callKey) {}

    final List<Sent> sent = new CopyOnWriteArrayList<>();

    @Override
    public boolean areOpenTo(Caller caller) {
        return List.of("project-a", "project-b").contains(caller.session());
    }

    @Override
    public List<Neighbour> of(Caller caller) {
        List<String> names = new ArrayList<>(List.of("project-a", "project-b"));
        names.remove(caller.session());
        return names.stream()
                .map(name -> new Neighbour(name, "codex", "/src/" + name, "idle"))
                .toList();
    }

    private boolean sees(Caller caller, String session) {
        return of(caller).stream().anyMatch(one -> one.session().equals(session));
    }

    @Override
    public Optional<String> screen(Caller caller, String session) {
        return sees(caller, session) ? Optional.of("screen of " + session) : Optional.empty();
    }

    @Override
    public boolean send(Caller caller, String session, String text, String callKey) {
        if (sees(caller, session)) {
            sent.add(new Sent(caller, session, text, callKey));
            return true;
        }
        return false;
    }
}
