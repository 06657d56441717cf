package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        header = "Print the script that completes commands in a shell",
        footer = {
            "%nExamples:",
            "  source <(agentctl completion bash)      in ~/.bashrc, for each new shell",
            "  source <(agentctl completion zsh)       in ~/.zshrc",
            "  agentctl completion fish | source       in ~/.config/fish/config.fish"
        })
final class CompletionCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish (default: bash).")
    private Shell shell = Shell.bash;

    // their names are what is typed
    private enum Shell {
        bash,
        zsh,
        fish
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
        CommandLine line = Commands.line(root());
        surroundings()
                .out()
                .print(
                        switch (shell) {
                            case bash, zsh -> bash(line);
                            case fish -> FishCompletion.of(line);
                        });
        return ExitCode.OK;
    }

    /// The script of the parser serves both: it loads bash's completion where it finds itself in zsh.
    private static String bash(CommandLine line) {
        String script = AutoComplete.bash("agentctl", line);
        return script.replace("(\"" + NamedProjects.PLACEHOLDER + "\")", "($(_agentctl_projects))")
                + "\n# The names of the projects.\nfunction _agentctl_projects() {\n  " + NamedProjects.COMMAND
                + "\n}\n";
    }
}
