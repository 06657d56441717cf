package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.KeyNames;
import dev.agentctl.project.NearestKey;
import dev.agentctl.terminal.KeyboardModes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        header = "Press keys in an agent's terminal",
        description = {
            "%nPresses them at once, whatever the agent is doing: this is how an unknown dialog is answered from afar."
                    + " Look before with: agentctl screen PROJECT",
            "%nNames are those of tmux: Enter Escape Tab BTab BSpace Space Up Down Left Right Home End PPage (PageUp)"
                    + " NPage (PageDown) IC (Insert) DC (Delete) F1 to F12, KP0 to KP9, KP* KP+ KP- KP. KP/ KPEnter; or"
                    + " one character. Before them C- (control), M- (alt) and S- (shift): C-c, C-M-x, S-Up. They are"
                    + " sent as the program has asked for them (application cursor keys, keypad, kitty keyboard).",
            "%nWhat is no name is refused, and nothing is pressed. Options come before PROJECT."
        },
        footer = {
            "%nExamples:",
            "  agentctl keys project-a Escape",
            "  agentctl keys project-a Down Down Enter",
            "  agentctl keys -l project-a /clear && agentctl keys project-a Enter",
            "  agentctl keys --hex project-a 1b 5b 41"
        })
final class KeysCommand extends Verb {
    @Option(
            names = {"-l", "--literal"},
            description = "The words are text, typed as it is, with a space between two.")
    private boolean literal;

    @Option(names = "--hex", description = "The words are bytes in hexadecimal, sent in one piece.")
    private boolean hex;

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "In whose terminal.")
    private String project = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Names of keys.")
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
        if (literal && hex) {
            throw new CommandFailure(ExitCode.USAGE, "-l and --hex exclude one another; say one of them");
        }
        if (literal) {
            return type(String.join(" ", keys).getBytes(StandardCharsets.UTF_8));
        }
        if (hex) {
            return type(bytes());
        }
        for (String key : keys) {
            if (KeyNames.bytes(key, KeyboardModes.PLAIN).isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, unknown(key));
            }
        }
        return request(new ControlRequest.Keys(project, List.copyOf(keys)));
    }

    private ExitCode type(byte[] bytes) throws CommandFailure {
        return request(new ControlRequest.TypeBytes(project, List.of(bytes)));
    }

    private byte[] bytes() throws CommandFailure {
        try {
            return HexFormat.of().parseHex(String.join("", keys).replace("0x", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--hex takes bytes of two hexadecimal digits each, such as 1b 5b 41", e);
        }
    }

    private String unknown(String key) {
        if (Set.of("-l", "--literal", "--hex").contains(key)) {
            return key + " comes before the project: agentctl keys " + key + ' ' + project
                    + " ...; nothing was pressed";
        }
        String shown = Printable.line(key);
        int last = key.lastIndexOf('-', key.length() - 2);
        String bare = key.substring(last + 1).toLowerCase(Locale.ROOT);
        String nearest = NearestKey.of(bare, KeyNames.all())
                .map(name -> "; did you mean " + Printable.line(key.substring(0, last + 1)) + name + '?')
                .orElse(";");
        return "no key is called '" + shown + "'" + nearest + " nothing was pressed; text is typed with: keys -l";
    }
}
