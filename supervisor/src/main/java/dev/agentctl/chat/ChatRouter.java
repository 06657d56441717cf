package dev.agentctl.chat;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.util.Optional;
import java.util.stream.Collectors;

/// Does what operators ask for in any chat, and answers there.
public final class ChatRouter implements IncomingHandler {
    private static final String HELP = """
            **agentctl**

            `/sessions` – all sessions and what they do
            `/status [ID]` – more of one
            `/to ID MESSAGE` – a message to an agent, or the answer to its question
            `#QUESTION ANSWER` – the answer to that question
            `/file ID PATH` – a file of the project
            `/screen ID` – its terminal as text
            `/run ID` – start it
            `/delete ID` – stop it and forget its conversation

            Replying to a session's message is `/to` without naming it.
            """;

    private final Sessions sessions;
    private final Post post;
    private final ReplyRoute route;
    private final ChatAudit audit;
    private final ProjectFiles files;
    private final Deletion deletion;
    private final ButtonBook buttons;

    /// Which session a message of ours spoke of.
    @FunctionalInterface
    public interface ReplyRoute {
        Optional<String> sessionOf(ChatAddress where, String messageId);
    }

    public ChatRouter(
            Sessions sessions,
            Post post,
            ReplyRoute route,
            ChatAudit audit,
            ProjectFiles files,
            Deletion deletion,
            ButtonBook buttons) {
        this.sessions = sessions;
        this.post = post;
        this.route = route;
        this.audit = audit;
        this.files = files;
        this.deletion = deletion;
        this.buttons = buttons;
    }

    @Override
    public void handle(Incoming message) {
        ChatCommand command = command(message);
        String outcome = perform(message, command);
        audit.record(message.from().chat(), message.user(), name(command), outcome);
    }

    @Override
    public String press(Press press) {
        String said = switch (buttons.take(press.action(), press.user(), press.key())) {
            case ButtonBook.Taken.Command(String line) -> pressed(press, line);
            case ButtonBook.Taken.Used used -> "Already pressed by " + used.by() + ".";
            case ButtonBook.Taken.Expired _ -> "This button is too old; nothing was done.";
            case ButtonBook.Taken.Unknown() -> "This button is not known any more; nothing was done.";
        };
        audit.record(press.from().chat(), press.user(), "button", said);
        return said;
    }

    private String pressed(Press press, String line) {
        Incoming typed = new Incoming(
                press.key(), press.from(), press.user(), press.messageId(), line, Optional.empty(), press.pressedAt());
        return perform(typed, ChatCommand.parse(line));
    }

    private ChatCommand command(Incoming message) {
        ChatCommand command = ChatCommand.parse(message.text());
        if (command instanceof ChatCommand.Words(String text)) {
            Optional<String> session = message.replyTo().flatMap(id -> route.sessionOf(message.from(), id));
            return session.isPresent() ? new ChatCommand.To(session.get(), text) : command;
        }
        return command;
    }

    private String perform(Incoming message, ChatCommand command) {
        return switch (command) {
            case ChatCommand.ListSessions() -> answer(message, SessionText.list(sessions));
            case ChatCommand.Status(Optional<String> id) ->
                id.isEmpty()
                        ? answer(message, SessionText.list(sessions))
                        : with(message, id.get(), session -> answer(message, SessionText.one(session, sessions)));
            case ChatCommand.To(String id, String text) -> with(message, id, session -> to(message, session, text));
            case ChatCommand.Answer(String question, String text) -> answerTo(message, question, text);
            case ChatCommand.SendFile(String id, String path) ->
                with(message, id, session -> file(message, session, path));
            case ChatCommand.Delete(String id, Optional<String> code) ->
                with(message, id, session -> answer(message, deletion.step(session, message.user(), code)));
            case ChatCommand.Start(String id) -> with(message, id, session -> start(message, session));
            case ChatCommand.ShowScreen(String id) ->
                with(message, id, session -> answer(message, SessionText.screen(session)));
            case ChatCommand.Help() -> answer(message, HELP);
            case ChatCommand.Incomplete(String usage) -> answer(message, "Usage: `" + usage + "`");
            case ChatCommand.Unknown(String word) ->
                answer(message, "There is no `/" + SafeText.of(word) + "`; see /help");
            case ChatCommand.Words _ ->
                answer(message, "For which session? Reply to one of its messages, or write `/to ID MESSAGE`.");
        };
    }

    private String with(Incoming message, String id, java.util.function.Function<Session, String> action) {
        Optional<Session> session = sessions.find(id);
        if (session.isPresent()) {
            return action.apply(session.get());
        }
        String known = sessions.all().stream()
                .map(Session::name)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
        return answer(message, "There is no session `" + SafeText.of(id) + "`. There are: " + known);
    }

    private String to(Incoming message, Session session, String text) {
        Origin origin = new Origin(
                message.from().chat(), message.from().room(), message.from().thread(), message.messageId());
        return switch (sessions.send(session, text, Optional.of(origin), message.key())) {
            case Sessions.Sent.Answered() -> taken(message);
            case Sessions.Sent.Queued(boolean repeated) -> repeated ? "repeated" : queued(message, session);
            case Sessions.Sent.Empty() -> answer(message, "There is nothing in it that could be typed.");
        };
    }

    private String answerTo(Incoming message, String question, String text) {
        return switch (sessions.answer(question, text, message.key())) {
            case TAKEN -> taken(message);
            case ANSWERED_BEFORE -> answer(message, "Question " + question + " is answered already.");
            case EXPIRED -> answer(message, "Question " + question + " has expired; the agent no longer waits for it.");
            case UNKNOWN -> answer(message, "There is no question " + question + ".");
        };
    }

    private String taken(Incoming message) {
        post.send(new Outgoing.Receipt(Optional.of(message.from()), message.messageId(), Outgoing.Progress.ACCEPTED));
        return "answered";
    }

    private String queued(Incoming message, Session session) {
        String state = session.view().state().word();
        if (session.view().state().childPid() == 0) {
            return answer(
                    message,
                    "`" + session.name() + "` is " + state + "; the message waits until it runs (`/run "
                            + session.name() + "`)");
        }
        return "queued while " + state;
    }

    private String start(Incoming message, Session session) {
        if (session.view().state().childPid() != 0) {
            return answer(
                    message,
                    "`" + session.name() + "` is already "
                            + session.view().state().word());
        }
        sessions.start(session, false);
        return answer(message, "Starting `" + session.name() + "`");
    }

    private String file(Incoming message, Session session, String path) {
        return switch (files.find(session.view().project().directory(), path)) {
            case ProjectFiles.Found(var file, String name) -> {
                post.send(new Outgoing.Document(
                        Optional.of(message.from()),
                        Optional.of(session.name()),
                        file,
                        name,
                        name,
                        Optional.of(message.messageId())));
                yield "sent " + name;
            }
            case ProjectFiles.Refused(String reason) -> answer(message, reason);
        };
    }

    private String answer(Incoming message, String markdown) {
        post.send(new Outgoing.Text(
                Kind.REPLY, Optional.of(message.from()), Optional.empty(), markdown, Optional.of(message.messageId())));
        return markdown.lines().findFirst().orElse("");
    }

    /// What the audit keeps: never the words of a message.
    private static String name(ChatCommand command) {
        return switch (command) {
            case ChatCommand.ListSessions() -> "/sessions";
            case ChatCommand.Status status -> "/status " + status.session().orElse("");
            case ChatCommand.To to -> "/to " + to.session();
            case ChatCommand.Answer question -> "#" + question.question();
            case ChatCommand.SendFile file -> "/file " + file.session() + " " + file.path();
            case ChatCommand.Delete delete -> "/delete " + delete.session();
            case ChatCommand.Start start -> "/run " + start.session();
            case ChatCommand.ShowScreen screen -> "/screen " + screen.session();
            case ChatCommand.Help() -> "/help";
            case ChatCommand.Incomplete _ -> "incomplete";
            case ChatCommand.Unknown unknown -> "/" + unknown.word();
            case ChatCommand.Words _ -> "words";
        };
    }
}
