package dev.agentctl.chat;

/// What the audit keeps of a command: never the words of a message, nor keys.
final class CommandLabel {
    private CommandLabel() {}

    static String of(ChatCommand command) {
        return switch (command) {
            case ChatCommand.ListSessions() -> "/sessions";
            case ChatCommand.Status status -> "/status " + status.session().orElse("");
            case ChatCommand.To to -> "/to " + to.session();
            case ChatCommand.Answer question -> "#" + question.question();
            case ChatCommand.SendFile file -> "/file " + file.session() + " " + file.path();
            case ChatCommand.SendSecret file -> "/secret " + file.session() + " " + file.path();
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
            case ChatCommand.AskReason reason -> "reason for " + reason.prompt();
            case ChatCommand.Pick pick -> "pick for " + pick.prompt();
            case ChatCommand.SendPicks picks -> "decide " + picks.prompt();
            case ChatCommand.WordsToApproval words -> "words to " + words.prompt();
            case ChatCommand.Help() -> "/help";
            case ChatCommand.Dismiss() -> "dropped";
            case ChatCommand.Incomplete _ -> "incomplete";
            case ChatCommand.OfWhich which -> "/" + which.word();
            case ChatCommand.Unknown unknown -> "/" + unknown.word();
            case ChatCommand.Words _ -> "words";
        };
    }
}
