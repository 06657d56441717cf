package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "console",
        header = "Chat with the agents here, with the commands of the chat",
        description = {
            "%nTakes the commands of the Telegram chat (/sessions, /to PROJECT MESSAGE, /help, ...) and shows what the"
                    + " chat would show. /quit or Ctrl-D leaves. Where standard input is no terminal, every line of it"
                    + " is a command and the end of it is the end. It goes on when the supervisor is restarted or"
                    + " upgraded meanwhile."
        },
        footer = {"%nExamples:", "  agentctl console", "  echo '/to project-a run the tests' | agentctl console"})
final class ConsoleCommand extends Verb {
    ConsoleCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        try (ConsoleLink link = ConsoleLink.open(root().supervisor())) {
            Chatter chatter = surroundings().interactive()
                    ? new PromptChatter(root(), link)
                    : new LineChatter(surroundings(), link);
            chatter.run();
        }
        return ExitCode.OK;
    }

    /// Whether a line is the wish to leave, which is the console's own business.
    static boolean isQuit(String line) {
        return line.strip().equals("/quit");
    }

    static CommandFailure gone(Throwable cause) {
        return new CommandFailure(
                ExitCode.UNREACHABLE, "the supervisor has gone away; look with: agentctl status", cause);
    }
}
