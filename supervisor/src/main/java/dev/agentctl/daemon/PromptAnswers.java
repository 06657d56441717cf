package dev.agentctl.daemon;

import dev.agentctl.chat.AskedQuestion;
import dev.agentctl.chat.Choice;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.chat.QuestionBook;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Waiters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What the command line asks of agents' dialogs, and of what they asked people.
record PromptAnswers(PromptDesk desk, QuestionBook questions, Waiters waiters) {
    ControlReply list(Sessions sessions, Optional<String> project) {
        if (project.isPresent() && sessions.find(project.get()).isEmpty()) {
            return new UnknownProject(sessions, project.get()).refused();
        }
        return new ControlReply.Prompts(all().stream()
                .filter(prompt -> project.isEmpty() || project.get().equals(prompt.project()))
                .toList());
    }

    List<PromptReport> all() {
        return Stream.concat(
                        desk.pending().stream().map(PromptAnswers::report),
                        questions.open().stream().map(PromptAnswers::report))
                .toList();
    }

    private static PromptReport report(AskedQuestion question) {
        return new PromptReport(
                question.id(),
                question.session(),
                "question",
                question.text(),
                List.of("/answer " + question.id() + " …"),
                question.asked().toEpochMilli(),
                question.expires().toEpochMilli());
    }

    private static PromptReport report(PromptDesk.Pending prompt) {
        return new PromptReport(
                prompt.id(),
                prompt.session(),
                prompt.title(),
                prompt.text(),
                prompt.commands(),
                prompt.asked().toEpochMilli(),
                prompt.expires().toEpochMilli());
    }

    ControlReply decide(String prompt, PromptChoice chosen) {
        if (chosen instanceof PromptChoice.Answer(String text)) {
            Optional<ControlReply> answered = answer(prompt, text);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        return decideDialog(prompt, chosen);
    }

    /// Empty where nobody asks a question of that id.
    private Optional<ControlReply> answer(String question, String text) {
        String key = "answer:" + UUID.randomUUID();
        return switch (waiters.answer(question, text.strip(), Optional.empty(), key)) {
            case TAKEN -> Optional.of(told(ExitCode.OK, "answered"));
            case KEPT -> Optional.of(told(ExitCode.OK, "kept as the answer, which no call waits for now"));
            case ANSWERED_BEFORE -> Optional.of(told(ExitCode.CONFLICT, "it was answered before; nothing was done"));
            case EXPIRED -> Optional.of(told(ExitCode.CONFLICT, "it has expired; nothing was done"));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static ControlReply told(ExitCode code, String words) {
        return new ControlReply.Outcomes(List.of(new Outcome("", code, words)));
    }

    private ControlReply decideDialog(String prompt, PromptChoice chosen) {
        Choice choice = switch (chosen) {
            case PromptChoice.Approve() -> new Choice.Allow();
            case PromptChoice.Always(int offer) -> new Choice.Always(offer);
            case PromptChoice.Deny(String reason) -> new Choice.Deny(reason);
            case PromptChoice.Answer(String text) -> new Choice.Answer(text);
        };
        String who = System.getProperty("user.name") + " on the command line";
        PromptDesk.Decided decided = desk.decide(prompt, choice, who);
        ExitCode code = switch (decided) {
            case PromptDesk.Decided.Done _, PromptDesk.Decided.Noted _ -> ExitCode.OK;
            case PromptDesk.Decided.TooLate _ -> ExitCode.CONFLICT;
            case PromptDesk.Decided.Unfit _ -> ExitCode.USAGE;
            case PromptDesk.Decided.Unknown _ -> ExitCode.ERROR;
        };
        String hint = decided instanceof PromptDesk.Decided.Unknown ? " See: agentctl prompts" : "";
        return told(code, decided.words().replace("`", "'") + hint);
    }
}
