package dev.agentctl.daemon;

import dev.agentctl.chat.Masking;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Post;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Neighbours;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets agents see each other where both projects say `see_others: true`. What one writes to another the operator is
/// told of.
///
/// @param sessions known only once everything is built
/// @param masking what no other project's agent must see
record SeenSessions(Supplier<Sessions> sessions, Post post, Masking masking) implements Neighbours {
    @Override
    public boolean areOpenTo(Caller caller) {
        return sessions.get()
                .find(caller.session())
                .filter(SeenSessions::isOpen)
                .isPresent();
    }

    private static boolean isOpen(Session session) {
        return session.view().project().seeOthers();
    }

    private Stream<Session> seenBy(Caller caller) {
        return areOpenTo(caller)
                ? sessions.get().all().stream()
                        .filter(SeenSessions::isOpen)
                        .filter(session -> !session.name().equals(caller.session()))
                : Stream.empty();
    }

    private Optional<Session> find(Caller caller, String name) {
        return seenBy(caller).filter(session -> session.name().equals(name)).findFirst();
    }

    @Override
    public List<Neighbour> of(Caller caller) {
        return seenBy(caller).map(Session::view).map(SeenSessions::neighbour).toList();
    }

    private static Neighbour neighbour(SessionView view) {
        return new Neighbour(
                view.name(),
                view.project().agent().word(),
                view.project().directory().toString(),
                view.state().word());
    }

    @Override
    public Optional<String> screen(Caller caller, String name) {
        return find(caller, name).map(session -> masking.screen(session.look()).stripTrailing());
    }

    @Override
    public boolean send(Caller caller, String name, String text, String callKey) {
        Optional<Session> to = find(caller, name);
        to.ifPresent(session -> {
            String key = "agent:" + caller.session() + ":" + callKey;
            sessions.get()
                    .tell(
                            session,
                            "[message from the agent of session '" + caller.session() + "', not from your operator] "
                                    + text,
                            Optional.empty(),
                            key);
            post.sendOnce(key, told(caller.session(), name, text));
        });
        return to.isPresent();
    }

    private static Outgoing told(String from, String to, String text) {
        return new Outgoing.Text(
                Outgoing.Kind.STATUS, Optional.empty(), Optional.of(from), "→ `" + to + "`: " + text, Optional.empty());
    }
}
