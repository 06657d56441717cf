package dev.agentctl.daemon;

import dev.agentctl.chat.Choice;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.session.Sessions;
import java.util.List;
import java.util.Optional;

/// What the command line asks of agents' dialogs.
record PromptAnswers(PromptDesk desk) {
    ControlReply list(Sessions sessions, Optional<String> project) {
        if (project.isPresent() && sessions.find(project.get()).isEmpty()) {
            return new UnknownProject(sessions, project.get()).refused();
        }
        return new ControlReply.Prompts(desk.pending().stream()
                .filter(prompt -> project.isEmpty() || project.get().equals(prompt.session()))
                .map(PromptAnswers::report)
                .toList());
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
        return new ControlReply.Outcomes(
                List.of(new Outcome("", code, decided.words().replace("`", "'") + hint)));
    }
}
