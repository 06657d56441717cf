package dev.agentctl.chat;

import dev.agentctl.project.NearNames;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
            + " written in, or of the only session there is. Words alone are `/to`; as a reply to a question they are"
            + " its answer, and `#QUESTION ANSWER` answers the question that is named so.";

    private final Sessions sessions;
    private final Post post;
    private final ReplyRoute route;
    private final ChatAudit audit;
    private final Deletion deletion;
    private final ButtonBook buttons;
    private final ScreenShots screens;
    private final Roles roles;
    private final ChoiceCards cards;
    private final CardReplies replies;
    private final SessionActions actions;
    private final FileSending sending;
    private final WhichSession which;
    private final Talk talk;
    private final InstantSource clock;
    private final PromptDesk prompts;
    private final QuestionBook questions;

    public ChatRouter(
            Sessions sessions,
            Post post,
            ReplyRoute route,
            ChatAudit audit,
            ProjectFiles files,
            Deletion deletion,
            ButtonBook buttons,
            PromptDesk prompts,
            QuestionBook questions,
            Mutes mutes,
            ScreenShots screens,
            Roles roles,
            InstantSource clock) {
        this.sessions = sessions;
        this.post = post;
        this.route = route;
        this.audit = audit;
        this.deletion = deletion;
        this.buttons = buttons;
        this.screens = screens;
        this.prompts = prompts;
        this.questions = questions;
        this.roles = roles;
        this.clock = clock;
        Confirmations confirmations = new Confirmations(clock);
        cards = new ChoiceCards(post, buttons, clock);
        replies = new CardReplies(route, prompts);
        actions = new SessionActions(sessions, post, confirmations, cards, mutes, clock);
        sending = new FileSending(files, post, confirmations, cards, actions);
        which = new WhichSession(sessions, route, cards, actions);
        talk = new Talk(sessions, actions);
    }

    @Override
    public void handle(Incoming message) {
        ChatCommand command = command(message);
        Duration age = Duration.between(message.sentAt(), clock.instant());
        String outcome = command.acts() && age.compareTo(FRESH) > 0
                ? askWhetherStill(message, command, age)
                : perform(message, command);
        audit.record(message.from().chat(), message.user(), CommandLabel.of(command), outcome);
    }

    @Override
    public void handle(Incoming message, List<ReceivedFile> files) {
        String outcome = take(message, files);
        audit.record(message.from().chat(), message.user(), files.size() + " files", outcome);
    }

    private String take(Incoming message, List<ReceivedFile> files) {
        if (!role(message).may(Role.OPERATOR)) {
            return actions.answer(message, "You are a viewer; sending files takes an operator. Nothing was done.");
        }
        ChatCommand command =
                read(message) instanceof ChatCommand.Words(String words) ? toSession(message, words) : read(message);
        if (!(command instanceof ChatCommand.To(String id, String caption))
                || sessions.find(id).isEmpty()) {
            return actions.answer(
                    message,
                    "For which session? Send it again as a reply to one of its messages, in its topic, or with `/to ID"
                            + " …` below it. It was not kept.");
        }
        Session session = sessions.find(id).orElseThrow();
        try {
            String text = FileIntake.save(session, message.messageId(), caption, files);
            Duration age = Duration.between(message.sentAt(), clock.instant());
            return age.compareTo(FRESH) > 0
                    ? askWhetherStill(message, new ChatCommand.To(id, text), age)
                    : talk.to(message, session, text);
        } catch (IOException e) {
            return actions.answer(
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
        ChatCommand command = read(typed);
        if (!role(typed).may(command.least())) {
            return perform(typed, command);
        }
        // a card itself tells everyone what was decided, and what was answered
        if (command instanceof ChatCommand.Decide decide) {
            return decide(typed, decide).words();
        }
        if (command instanceof ChatCommand.Pick pick) {
            return pick(typed, pick).words();
        }
        if (command instanceof ChatCommand.SendPicks(String prompt)) {
            return prompts.sendPicks(prompt, who(typed)).words();
        }
        if (command instanceof ChatCommand.Answer answer) {
            return talk.press(answer, press.key());
        }
        String outcome = perform(typed, command);
        route.cardOf(press.from(), press.messageId())
                .filter(card -> card.startsWith(ChoiceCards.SETTLED_BY_A_PRESS))
                .ifPresent(card -> post.send(new Outgoing.CardChange(
                        Optional.of(press.from()), Optional.empty(), card, "→ `" + CommandLabel.of(command) + "`")));
        return outcome;
    }

    private PromptDesk.Decided decide(Incoming message, ChatCommand.Decide decide) {
        return prompts.decide(decide.prompt(), decide.choice(), who(message));
    }

    private PromptDesk.Decided pick(Incoming message, ChatCommand.Pick pick) {
        return prompts.pick(pick.prompt(), pick.question(), pick.option(), who(message));
    }

    private static String who(Incoming message) {
        String where = message.from().chat().equals("console")
                ? "in the console"
                : "in " + message.from().chat();
        return message.user() + " " + where;
    }

    private Role role(Incoming message) {
        return roles.of(message.from().chat(), message.user()).orElse(Role.VIEWER);
    }

    private ChatCommand command(Incoming message) {
        ChatCommand command = read(message);
        if (command instanceof ChatCommand.Words(String text) && !text.isEmpty()) {
            Optional<ChatCommand> meant = replies.meant(message, text);
            return meant.isPresent() ? meant.get() : toSession(message, text);
        }
        return command;
    }

    private ChatCommand read(Incoming message) {
        return new CommandReader(which.names(message)).read(message.text());
    }

    /// Words alone are a message.
    private ChatCommand toSession(Incoming message, String words) {
        return which.implied(message)
                .<ChatCommand>map(session -> new ChatCommand.To(session, words))
                .orElse(new ChatCommand.OfWhich(CommandWord.TO.word(), words));
    }

    private String askWhetherStill(Incoming message, ChatCommand command, Duration age) {
        String line = switch (command) {
            case ChatCommand.To(String session, String text) -> "/to " + session + " " + text;
            case ChatCommand.Answer(String question, String text) -> "#" + question + " " + text;
            case ChatCommand.Decide(String prompt, Choice.Deny(String reason)) -> "/deny " + prompt + " " + reason;
            case ChatCommand.Decide(String prompt, Choice.Answer(String text)) -> "/answer " + prompt + " " + text;
            case ChatCommand _ -> message.text().strip();
        };
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
        Role role = role(message);
        if (!role.may(command.least())) {
            return actions.answer(
                    message,
                    "You are a" + (role == Role.VIEWER ? " " : "n ") + role.word() + "; that takes an "
                            + command.least().word() + ". Nothing was done.");
        }
        return switch (command) {
            case ChatCommand.ListSessions() -> actions.answer(message, SessionText.list(sessions));
            case ChatCommand.Status(Optional<String> id) ->
                id.isEmpty()
                        ? actions.answer(message, SessionText.list(sessions))
                        : which.with(
                                message,
                                id.get(),
                                session -> actions.answer(message, SessionText.one(session, sessions)));
            case ChatCommand.To(String id, String text) ->
                which.with(message, id, session -> talk.to(message, session, text));
            case ChatCommand.Answer answer -> talk.answer(message, answer);
            case ChatCommand.SendFile(String id, String path) ->
                which.with(message, id, session -> sending.send(message, session, path, role));
            case ChatCommand.SendSecret(String id, String code, String path) ->
                which.with(message, id, session -> sending.sendSecret(message, session, path, code));
            case ChatCommand.Delete(String id, var code) ->
                which.with(message, id, session -> delete(message, session, code));
            case ChatCommand.Start(String id) -> which.with(message, id, session -> actions.start(message, session));
            case ChatCommand.Stop(String id, var code) ->
                which.with(message, id, session -> actions.stop(message, session, code));
            case ChatCommand.Restart(String id, var code) ->
                which.with(message, id, session -> actions.restart(message, session, code));
            case ChatCommand.ShowScreen(String id) -> which.with(message, id, session -> screen(message, session));
            case ChatCommand.ShowLog(String id, int lines) ->
                which.with(message, id, session -> actions.log(message, session, lines));
            case ChatCommand.Keys(String id, var keys) ->
                which.with(message, id, session -> actions.keys(message, session, keys));
            case ChatCommand.Interrupt(String id) ->
                which.with(message, id, session -> actions.interrupt(message, session));
            case ChatCommand.Queue(String id, boolean clear) ->
                which.with(message, id, session -> actions.queue(message, session, clear));
            case ChatCommand.Mute(String id, var time) ->
                which.with(message, id, session -> actions.mute(message, session, time));
            case ChatCommand.Usage(String id) -> which.with(message, id, session -> actions.usage(message, session));
            case ChatCommand.ListPrompts() ->
                actions.answer(message, PromptList.of(prompts.pending(), questions.open()));
            case ChatCommand.Decide decide -> decided(message, decide(message, decide));
            case ChatCommand.Pick pick -> decided(message, pick(message, pick));
            case ChatCommand.SendPicks(String prompt) -> decided(message, prompts.sendPicks(prompt, who(message)));
            case ChatCommand.AskReason(String prompt) -> askReason(message, prompt);
            case ChatCommand.WordsToApproval words -> cards.approvalOrMessage(message, words);
            case ChatCommand.Help() -> actions.answer(message, HELP);
            case ChatCommand.Dismiss() -> "Dropped.";
            case ChatCommand.Incomplete(String usage) -> actions.answer(message, "Usage: `" + usage + "`");
            case ChatCommand.OfWhich(String word, String rest) -> which.ask(message, word, rest);
            case ChatCommand.Unknown(String word) -> unknown(message, word);
            case ChatCommand.Words _ -> actions.answer(message, "There is nothing in it.");
        };
    }

    private String decided(Incoming message, PromptDesk.Decided decided) {
        return switch (decided) {
            // its card says so
            case PromptDesk.Decided.Done(String words) -> words;
            case PromptDesk.Decided.Noted(String words) -> actions.answer(message, words);
            case PromptDesk.Decided.TooLate(String words) -> actions.answer(message, words);
            case PromptDesk.Decided.Unfit(String words) -> actions.answer(message, words);
            case PromptDesk.Decided.Unknown(String words) -> actions.answer(message, words);
        };
    }

    private String askReason(Incoming message, String prompt) {
        return switch (prompts.wants(prompt)) {
            case NOTHING -> actions.answer(message, "Nothing was done: `" + SafeText.of(prompt) + "` is settled.");
            case AN_ANSWER, APPROVAL -> cards.reason(message, prompt);
        };
    }

    /// A picture is drawn aside: the first one loads fonts for a while.
    private String screen(Incoming message, Session session) {
        if (!screens.areFor(message.from().chat())) {
            return actions.answer(message, screens.text(session));
        }
        Thread.ofVirtual()
                .name("screen of " + session.name())
                .start(() -> screens.take(session, message)
                        .ifPresentOrElse(post::send, () -> actions.answer(message, screens.text(session))));
        return "showing the screen";
    }

    private String unknown(Incoming message, String word) {
        Optional<CommandWord> near = Arrays.stream(CommandWord.values())
                .filter(known -> NearNames.isNear(word, known.word()))
                .findFirst();
        return actions.answer(
                message,
                "There is no `/" + SafeText.of(word) + "`; "
                        + near.map(known -> "did you mean `" + known.usage() + "`?")
                                .orElse("see /help"));
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
                    actions.answer(message, "Deleting `" + session.name() + "`");
                });
    }
}
