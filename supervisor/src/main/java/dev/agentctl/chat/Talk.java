package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.util.Optional;

/// Hands people's words to agents: as messages, and as answers to what they asked.
final class Talk {
    private final Sessions sessions;
    private final SessionActions actions;

    Talk(Sessions sessions, SessionActions actions) {
        this.sessions = sessions;
        this.actions = actions;
    }

    /// A message.
    ///
    /// @return what came of it, in one line
    String to(Incoming message, Session session, String text) {
        return switch (sessions.send(session, text, Optional.of(origin(message)), message.key())) {
            case Sessions.Sent.Answered(boolean heard) -> heard ? "answered" : "kept as an answer";
            case Sessions.Sent.Queued(boolean repeated) -> repeated ? "repeated" : queued(message, session);
            case Sessions.Sent.Refused() ->
                actions.answer(message, "`" + session.name() + "` is being deleted; your message was not kept.");
            case Sessions.Sent.Empty() -> actions.answer(message, "There is nothing in it that could be typed.");
        };
    }

    private String queued(Incoming message, Session session) {
        String state = session.view().state().word();
        if (session.view().state().childPid() == 0) {
            return actions.answer(
                    message,
                    "`" + session.name() + "` is " + state + "; the message waits until it runs (`/run "
                            + session.name() + "`)");
        }
        return "queued while " + state;
    }

    /// An answer that somebody wrote.
    String answer(Incoming message, ChatCommand.Answer given) {
        return switch (sessions.answer(given.question(), given.answer(), Optional.of(origin(message)), message.key())) {
            case TAKEN -> "answered";
            case KEPT -> "kept as an answer";
            case ANSWERED_BEFORE ->
                actions.answer(
                        message,
                        "Question " + given.question() + " is answered already, so your words were not passed on;"
                                + " `/to` sends them.");
            case EXPIRED ->
                actions.answer(
                        message,
                        "Question " + given.question() + " has expired; the agent no longer waits for it."
                                + " `/to` sends your words as a message.");
            case UNKNOWN -> actions.answer(message, "There is no question " + given.question() + ".");
        };
    }

    /// An answer by a button, which says itself what came of it.
    String press(ChatCommand.Answer given, String key) {
        return switch (sessions.answer(given.question(), given.answer(), Optional.empty(), key)) {
            case TAKEN, KEPT -> "Answered: " + Visible.line(given.answer());
            case ANSWERED_BEFORE -> "Nothing was done: it is answered already.";
            case EXPIRED -> "Nothing was done: it has expired, and the agent no longer waits.";
            case UNKNOWN -> "Nothing was done: there is no such question any more.";
        };
    }

    private static Origin origin(Incoming message) {
        ChatAddress from = message.from();
        return new Origin(from.chat(), from.room(), from.thread(), message.messageId());
    }
}
