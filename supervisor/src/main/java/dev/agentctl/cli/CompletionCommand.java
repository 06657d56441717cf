package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        header = "Print the script that completes commands in a shell",
        footer = {
            "%nExamples:",
            "  source <(agentctl completion bash)      for this shell; put the line into ~/.bashrc for all",
            "  source <(agentctl completion zsh)       the same for zsh, in ~/.zshrc"
        })
final class CompletionCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash or zsh (default: bash).")
    @SuppressWarnings("UnusedVariable") // any other word is refused by the parser, and that is all it is for
    private Shell shell = Shell.bash;

    // their names are what is typed
    private enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() {
        // the script of the parser serves both: it loads bash's completion where it finds itself in zsh
        String script = AutoComplete.bash("agentctl", Commands.line(root()));
        surroundings().out().print(script);
        return ExitCode.OK;
    }
}
