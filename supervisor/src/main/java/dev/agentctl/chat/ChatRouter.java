package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Does what operators ask for in any chat, and answers there.
///
/// A command that names no session speaks of the one whose message it replies to, else of the one whose topic it is
/// written in, else of the only one there is; never of the one that was last spoken of, for nobody remembers which
/// that is. Where none of these tells, it is asked.
public final class ChatRouter implements IncomingHandler {
    /// What was written longer ago, while nobody listened, may be out of date.
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final int LONGEST_QUOTE = 200;

    private static final String HELP = "**agentctl**\n\n"
            + Arrays.stream(CommandWord.values())
                    .map(word -> "`" + word.usage() + "` – " + word.does())
                    .collect(Collectors.joining("\n"))
            + "\n\nWithout an ID a command speaks of the session whose message it replies to, of the topic it is"
            + " written in, or of the only session there is. Words alone are `/to`, and `#QUESTION ANSWER` answers the question that is named so.";

    private final Sessions sessions;
    private final Post post;
    private final ReplyRoute route;
    private final ChatAudit audit;
    private final ProjectFiles files;
    private final Deletion deletion;
    private final ButtonBook buttons;
    private final ScreenShots screens;
    private final Roles roles;
    private final ChoiceCards cards;
    private final SessionActions actions;
    private final InstantSource clock;
    private final PromptDesk prompts;

    public ChatRouter(
            Sessions sessions,
            Post post,
            ReplyRoute route,
            ChatAudit audit,
            ProjectFiles files,
            Deletion deletion,
            ButtonBook buttons,
            PromptDesk prompts,
            Mutes mutes,
            ScreenShots screens,
            Roles roles,
            InstantSource clock) {
        this.sessions = sessions;
        this.post = post;
        this.route = route;
        this.audit = audit;
        this.files = files;
        this.deletion = deletion;
        this.buttons = buttons;
        this.screens = screens;
        this.prompts = prompts;
        this.roles = roles;
        this.clock = clock;
        cards = new ChoiceCards(post, buttons, clock);
        actions = new SessionActions(sessions, post, new Confirmations(clock), cards, mutes, clock);
    }

    @Override
    public void handle(Incoming message) {
        ChatCommand command = command(message);
        Duration age = Duration.between(message.sentAt(), clock.instant());
        String outcome = command.acts() && age.compareTo(FRESH) > 0
                ? askWhetherStill(message, command, age)
                : perform(message, command);
        audit.record(message.from().chat(), message.user(), name(command), outcome);
    }

    @Override
    public void handle(Incoming message, List<ReceivedFile> files) {
        String outcome = take(message, files);
        audit.record(message.from().chat(), message.user(), files.size() + " files", outcome);
    }

    private String take(Incoming message, List<ReceivedFile> files) {
        if (!roles.of(message.from().chat(), message.user()).orElse(Role.VIEWER).may(Role.OPERATOR)) {
            return answer(message, "You are a viewer; sending files takes an operator. Nothing was done.");
        }
        ChatCommand command = message.text().isBlank()
                ? implied(message)
                        .<ChatCommand>map(session -> new ChatCommand.To(session, ""))
                        .orElse(new ChatCommand.OfWhich(CommandWord.TO.word(), ""))
                : command(message);
        if (!(command instanceof ChatCommand.To(String id, String caption))
                || sessions.find(id).isEmpty()) {
            return answer(
                    message,
                    "For which session? Send it again as a reply to one of its messages, in its topic, or with `/to ID"
                            + " …` below it. It was not kept.");
        }
        Session session = sessions.find(id).orElseThrow();
        try {
            StringBuilder text = new StringBuilder(caption);
            for (ReceivedFile file : files) {
                Path saved = ProjectInbox.save(session.view().project().directory(), message.messageId(), file);
                text.append(text.isEmpty() ? "" : "\n")
                        .append("[")
                        .append(file.what())
                        .append(" from your operator: ")
                        .append(saved)
                        .append("]");
            }
            ChatCommand.To words = new ChatCommand.To(id, text.toString());
            Duration age = Duration.between(message.sentAt(), clock.instant());
            return age.compareTo(FRESH) > 0
                    ? askWhetherStill(message, words, age)
                    : to(message, session, words.message());
        } catch (IOException e) {
            return answer(
                    message,
                    "⚠ `" + id + "` did not get it: it could not be saved: " + SafeText.of(e.getMessage() + ""));
        }
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
        ChatCommand command = new CommandReader(names(typed)).read(line);
        if (command instanceof ChatCommand.Decide decide) {
            // the card itself tells everyone what was decided
            return decide(typed, decide).words();
        }
        String outcome = perform(typed, command);
        route.cardOf(press.from(), press.messageId())
                .filter(card -> card.startsWith(ChoiceCards.SETTLED_BY_A_PRESS))
                .ifPresent(card -> post.send(new Outgoing.CardChange(
                        Optional.of(press.from()), Optional.empty(), card, "→ `" + name(command) + "`")));
        return outcome;
    }

    private PromptDesk.Decided decide(Incoming message, ChatCommand.Decide decide) {
        String where = message.from().chat().equals("console")
                ? "in the console"
                : "in " + message.from().chat();
        return prompts.decide(decide.prompt(), decide.choice(), message.user() + " " + where);
    }

    private ChatCommand command(Incoming message) {
        ChatCommand command = new CommandReader(names(message)).read(message.text());
        if (command instanceof ChatCommand.Words(String text) && !text.isEmpty()) {
            Optional<String> session = implied(message);
            return session.isPresent()
                    ? new ChatCommand.To(session.get(), text)
                    : new ChatCommand.OfWhich(CommandWord.TO.word(), text);
        }
        return command;
    }

    private SessionNames names(Incoming message) {
        return new SessionNames() {
            @Override
            public boolean isMeant(String word) {
                return sessions.all().stream().anyMatch(session -> ChoiceCards.isNear(word, session.name()));
            }

            @Override
            public Optional<String> implied() {
                return ChatRouter.this.implied(message);
            }
        };
    }

    private Optional<String> implied(Incoming message) {
        return message.replyTo()
                .flatMap(id -> route.sessionOf(message.from(), id))
                .or(() -> route.sessionOfThread(message.from()))
                .or(() -> sessions.all().size() == 1
                        ? sessions.all().stream().findFirst().map(Session::name)
                        : Optional.empty());
    }

    private String askWhetherStill(Incoming message, ChatCommand command, Duration age) {
        String line = command instanceof ChatCommand.To(String session, String text)
                ? "/to " + session + " " + text
                : message.text().strip();
        String shown = SafeText.of(line).replace('\n', ' ').replace("`", "'");
        cards.still(
                message,
                "⏳ This was written " + Times.words(age)
                        + " ago, when nobody listened, and has **not** been run:\n\n`` "
                        + (shown.length() > LONGEST_QUOTE ? shown.substring(0, LONGEST_QUOTE) + "…" : shown) + " ``",
                line);
        return "asked whether to run it, " + Times.words(age) + " after it was written";
    }

    private String perform(Incoming message, ChatCommand command) {
        Role role = roles.of(message.from().chat(), message.user()).orElse(Role.VIEWER);
        if (!role.may(command.least())) {
            return answer(
                    message,
                    "You are a " + role.word() + "; that takes an "
                            + command.least().word() + ". Nothing was done.");
        }
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
            case ChatCommand.Delete(String id, var code) ->
                with(message, id, session -> delete(message, session, code));
            case ChatCommand.Start(String id) -> with(message, id, session -> actions.start(message, session));
            case ChatCommand.Stop(String id, var code) ->
                with(message, id, session -> actions.stop(message, session, code));
            case ChatCommand.Restart(String id, var code) ->
                with(message, id, session -> actions.restart(message, session, code));
            case ChatCommand.ShowScreen(String id) -> with(message, id, session -> screen(message, session));
            case ChatCommand.ShowLog(String id, int lines) ->
                with(message, id, session -> actions.log(message, session, lines));
            case ChatCommand.Keys(String id, var keys) ->
                with(message, id, session -> actions.keys(message, session, keys));
            case ChatCommand.Interrupt(String id) -> with(message, id, session -> actions.interrupt(message, session));
            case ChatCommand.Queue(String id, boolean clear) ->
                with(message, id, session -> actions.queue(message, session, clear));
            case ChatCommand.Mute(String id, var time) ->
                with(message, id, session -> actions.mute(message, session, time));
            case ChatCommand.Usage(String id) -> with(message, id, session -> actions.usage(message, session));
            case ChatCommand.ListPrompts() -> answer(message, PromptList.of(prompts.pending()));
            case ChatCommand.Decide decide ->
                switch (decide(message, decide)) {
                    // its card says so
                    case PromptDesk.Decided.Done(String words) -> words;
                    case PromptDesk.Decided.TooLate(String words) -> answer(message, words);
                    case PromptDesk.Decided.Unfit(String words) -> answer(message, words);
                    case PromptDesk.Decided.Unknown(String words) -> answer(message, words);
                };
            case ChatCommand.Help() -> answer(message, HELP);
            case ChatCommand.Dismiss() -> "Dropped.";
            case ChatCommand.Incomplete(String usage) -> answer(message, "Usage: `" + usage + "`");
            case ChatCommand.OfWhich(String word, String rest) -> ofWhich(message, word, rest);
            case ChatCommand.Unknown(String word) -> unknown(message, word);
            case ChatCommand.Words _ -> answer(message, "There is nothing in it.");
        };
    }

    /// A picture is drawn aside: the first one loads fonts for a while.
    private String screen(Incoming message, Session session) {
        if (!screens.areFor(message.from().chat())) {
            return answer(message, screens.text(session));
        }
        Thread.ofVirtual()
                .name("screen of " + session.name())
                .start(() -> screens.take(session, message)
                        .ifPresentOrElse(post::send, () -> answer(message, screens.text(session))));
        return "showing the screen";
    }

    private String ofWhich(Incoming message, String word, String rest) {
        List<String> names = sessions.all().stream().map(Session::name).toList();
        if (names.isEmpty()) {
            return answer(message, SessionText.list(sessions));
        }
        cards.ofWhich(message, "For which session?", names, word, rest);
        return "asked for which session";
    }

    private String unknown(Incoming message, String word) {
        Optional<CommandWord> near = Arrays.stream(CommandWord.values())
                .filter(known -> ChoiceCards.isNear(word, known.word()))
                .findFirst();
        return answer(
                message,
                "There is no `/" + SafeText.of(word) + "`; "
                        + near.map(known -> "did you mean `" + known.usage() + "`?")
                                .orElse("see /help"));
    }

    private String with(Incoming message, String id, Function<Session, String> action) {
        Optional<Session> session = sessions.find(id);
        if (session.isPresent()) {
            return action.apply(session.get());
        }
        List<String> names = sessions.all().stream().map(Session::name).toList();
        String question = "There is no session `" + SafeText.of(id) + "`.";
        String[] words = message.text().strip().split("\\s+", 3);
        if (names.isEmpty() || words.length < 2) {
            return answer(message, question);
        }
        cards.ofWhich(
                message,
                question + " Did you mean:",
                ChoiceCards.nearest(id, names),
                words[0].substring(1),
                words.length < 3 ? "" : words[2]);
        return "no session " + id;
    }

    private String delete(Incoming message, Session session, Optional<String> code) {
        return actions.inTwoSteps(
                message,
                session,
                "delete",
                code,
                "This stops `" + session.name()
                        + "` and forgets its conversation, queue and log; the project's folder stays.",
                () -> {
                    deletion.begin(session);
                    answer(message, "Deleting `" + session.name() + "`");
                });
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
        return actions.answer(message, markdown);
    }

    /// What the audit keeps: never the words of a message, nor keys.
    private static String name(ChatCommand command) {
        return switch (command) {
            case ChatCommand.ListSessions() -> "/sessions";
            case ChatCommand.Status status -> "/status " + status.session().orElse("");
            case ChatCommand.To to -> "/to " + to.session();
            case ChatCommand.Answer question -> "#" + question.question();
            case ChatCommand.SendFile file -> "/file " + file.session() + " " + file.path();
            case ChatCommand.Delete delete -> "/delete " + delete.session();
            case ChatCommand.Start start -> "/run " + start.session();
            case ChatCommand.Stop stop -> "/stop " + stop.session();
            case ChatCommand.Restart restart -> "/restart " + restart.session();
            case ChatCommand.ShowScreen screen -> "/screen " + screen.session();
            case ChatCommand.ShowLog log -> "/log " + log.session();
            case ChatCommand.Keys keys -> "/keys " + keys.session();
            case ChatCommand.Interrupt interrupt -> "/interrupt " + interrupt.session();
            case ChatCommand.Queue queue -> "/queue " + queue.session() + (queue.clear() ? " clear" : "");
            case ChatCommand.Mute mute ->
                "/mute " + mute.session() + mute.time().map(time -> " " + time).orElse("");
            case ChatCommand.Usage usage -> "/usage " + usage.session();
            case ChatCommand.ListPrompts() -> "/prompts";
            case ChatCommand.Decide decide -> "decide " + decide.prompt();
            case ChatCommand.Help() -> "/help";
            case ChatCommand.Dismiss() -> "dropped";
            case ChatCommand.Incomplete _ -> "incomplete";
            case ChatCommand.OfWhich which -> "/" + which.word();
            case ChatCommand.Unknown unknown -> "/" + unknown.word();
            case ChatCommand.Words _ -> "words";
        };
    }
}
