package dev.agentctl.chat;

import dev.agentctl.project.NearNames;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Of which session a message speaks. Where nothing tells, it is asked.
final class WhichSession {
    private final Sessions sessions;
    private final ReplyRoute route;
    private final ChoiceCards cards;
    private final SessionActions actions;

    WhichSession(Sessions sessions, ReplyRoute route, ChoiceCards cards, SessionActions actions) {
        this.sessions = sessions;
        this.route = route;
        this.cards = cards;
        this.actions = actions;
    }

    SessionNames names(Incoming message) {
        return new SessionNames() {
            @Override
            public boolean isMeant(String word) {
                return sessions.all().stream().anyMatch(session -> NearNames.isNear(word, session.name()));
            }

            @Override
            public Optional<String> implied() {
                return WhichSession.this.implied(message);
            }
        };
    }

    /// The one whose message it replies to, else whose topic it is written in, else the only one there is.
    Optional<String> implied(Incoming message) {
        return message.replyTo()
                .flatMap(id -> route.sessionOf(message.from(), id))
                .or(() -> route.sessionOfThread(message.from()))
                .or(() -> sessions.all().size() == 1
                        ? sessions.all().stream().findFirst().map(Session::name)
                        : Optional.empty());
    }

    /// Does something with the session of that name, or offers those that may have been meant.
    String with(Incoming message, String id, Function<Session, String> action) {
        Optional<Session> session = sessions.find(id);
        if (session.isPresent()) {
            return action.apply(session.get());
        }
        List<String> names = sessions.all().stream().map(Session::name).toList();
        String question = "There is no session `" + SafeText.of(id) + "`.";
        String[] words = message.text().strip().split("\\s+", 3);
        if (names.isEmpty() || words.length < 2) {
            return actions.answer(message, question);
        }
        cards.ofWhich(
                message,
                question + " Did you mean:",
                ChoiceCards.nearest(id, names),
                words[0].substring(1),
                words.length < 3 ? "" : words[2]);
        return "no session " + id;
    }

    /// Asks for the session of a command.
    String ask(Incoming message, String word, String rest) {
        List<String> names = sessions.all().stream().map(Session::name).toList();
        if (names.isEmpty()) {
            return actions.answer(message, SessionText.list(sessions));
        }
        cards.ofWhich(message, "For which session?", names, word, rest);
        return "asked for which session";
    }
}
