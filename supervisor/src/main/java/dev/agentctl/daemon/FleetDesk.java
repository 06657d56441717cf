package dev.agentctl.daemon;

import dev.agentctl.chat.Choice;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.OperatorDesk;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.chat.PromptDesk.Decided;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.metrics.Figures;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.Audit;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.store.Tallies;
import dev.agentctl.tools.Fleet;
import dev.agentctl.tools.Guest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Does for operators' own clients what the command line can do, and notes in the audit what they asked for.
///
/// @param control does what the command line asks for
/// @param masking what must not leave this machine
record FleetDesk(
        Sessions sessions,
        Function<ControlRequest, ControlReply> control,
        QuestionTable questions,
        OperatorDesk desk,
        PromptDesk prompts,
        Audit audit,
        Masking masking)
        implements Fleet {
    private static final String CHAT = "remote";
    private static final String DENY = "deny";

    @Override
    public List<Member> members() {
        return sessions.all().stream().map(this::member).toList();
    }

    private Member member(Session session) {
        SessionView view = session.view();
        return new Member(
                view.name(),
                view.project().agent().word(),
                view.project().directory().toString(),
                view.state().word(),
                masking.of(session.evidence()),
                sessions.queued(view.name()),
                view.model().restarts());
    }

    @Override
    public List<Waiting> waiting() {
        return Stream.concat(
                        questions.open().stream()
                                .map(question ->
                                        new Waiting(question.id(), question.session(), masking.of(question.text()))),
                        prompts.pending().stream()
                                .map(prompt -> new Waiting(
                                        prompt.id(),
                                        prompt.session(),
                                        masking.of(prompt.title() + "\n" + prompt.text()))))
                .toList();
    }

    @Override
    public Optional<String> screen(String name) {
        return sessions.find(name).map(session -> masking.screen(session.look()).stripTrailing());
    }

    @Override
    public Done send(Guest guest, String session, String text, String callKey) {
        String key = "remote:" + guest.name() + ":" + callKey;
        return noted(guest, "send " + session, control.apply(new ControlRequest.Send(session, text, key)));
    }

    @Override
    public Done answer(Guest guest, String id, String text, String callKey) {
        Waiters.Outcome outcome = desk.answer(id, text, Optional.empty(), "remote:" + guest.name() + ":" + callKey);
        return switch (outcome) {
            case TAKEN -> noted(guest, "answer " + id, new Done(true, "answered"));
            case KEPT -> noted(guest, "answer " + id, new Done(true, "kept; no call of the agent waits for it now"));
            case ANSWERED_BEFORE -> noted(guest, "answer " + id, new Done(false, "it was answered before"));
            case EXPIRED -> noted(guest, "answer " + id, new Done(false, "it has expired"));
            case UNKNOWN -> decide(guest, id, text);
        };
    }

    /// A dialog: a question of the agent's own takes the text, leave to do something takes allow or deny.
    private Done decide(Guest guest, String id, String text) {
        String who = guest.name() + " from elsewhere";
        Decided decided = prompts.decide(id, new Choice.Answer(text), who);
        Optional<Choice> word = choice(text);
        if (decided instanceof Decided.Unfit && word.isPresent()) {
            decided = prompts.decide(id, word.get(), who);
        }
        return noted(guest, "answer " + id, new Done(decided instanceof Decided.Done, decided.words()));
    }

    private static Optional<Choice> choice(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("allow")) {
            return Optional.of(new Choice.Allow());
        }
        return word.startsWith(DENY)
                ? Optional.of(
                        new Choice.Deny(text.strip().substring(DENY.length()).strip()))
                : Optional.empty();
    }

    @Override
    public Done start(Guest guest, String session) {
        return noted(guest, "start " + session, control.apply(new ControlRequest.Start(List.of(session), false)));
    }

    @Override
    public Done stop(Guest guest, String session) {
        return noted(guest, "stop " + session, control.apply(new ControlRequest.Stop(List.of(session))));
    }

    private Done noted(Guest guest, String action, ControlReply reply) {
        return noted(guest, action, new Done(code(reply) == ExitCode.OK, words(reply)));
    }

    private Done noted(Guest guest, String action, Done done) {
        audit.record(CHAT, guest.name(), action, done.words());
        return done;
    }

    private static ExitCode code(ControlReply reply) {
        if (reply instanceof ControlReply.Outcomes(List<Outcome> outcomes)) {
            return outcomes.stream()
                    .map(Outcome::code)
                    .filter(code -> code != ExitCode.OK)
                    .findFirst()
                    .orElse(ExitCode.OK);
        }
        return reply instanceof ControlReply.Refused refused ? refused.code() : ExitCode.OK;
    }

    private static String words(ControlReply reply) {
        if (reply instanceof ControlReply.Outcomes(List<Outcome> outcomes)) {
            return outcomes.stream().map(Outcome::message).collect(Collectors.joining("; "));
        }
        return reply instanceof ControlReply.Refused refused ? refused.message() : "done";
    }

    /// The figures of this moment.
    Figures.Look look(Tallies tallies) {
        return new Figures.Look(
                members().stream()
                        .map(member -> new Figures.SessionFigures(
                                member.session(), member.state(), member.queued(), member.restarts()))
                        .toList(),
                questions.open().size() + prompts.pending().size(),
                tallies.outbox(),
                tallies.messages());
    }
}
