package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        header = "Press keys in an agent's terminal",
        description = {
            "%nPresses them at once, whatever the agent is doing: this is how an unknown dialog is answered from afar."
                    + " Look before with: agentctl screen PROJECT",
            "",
            "Names are those of tmux: Enter Escape Tab BTab BSpace Space Up Down Left Right Home End PageUp PageDown"
                    + " Insert Delete F1 to F12, with C- (control), M- (alt) and S- (shift) before them, as in C-c, M-x"
                    + " and S-Tab. Anything else is typed as it is."
        },
        footer = {
            "%nExamples:",
            "  agentctl keys project-a Escape",
            "  agentctl keys project-a Down Down Enter",
            "  agentctl keys project-a \"/clear\" Enter"
        })
final class KeysCommand extends Verb {
    @Parameters(index = "0", paramLabel = "PROJECT", description = "In whose terminal.")
    private String project = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Names of keys, or text.")
    private List<String> keys = new ArrayList<>();

    KeysCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean restIsText() {
        return true;
    }

    @Override
    ExitCode run() throws CommandFailure {
        return request(new ControlRequest.Keys(project, new ArrayList<>(keys)));
    }
}
