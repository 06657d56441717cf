package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        header = "Show who asked for what, and what came of it",
        description =
                "%nWhat was asked for in the chats, and on the command line but for what only looks. The newest entries come"
                        + " last. People are named by their chat's id for good, never by name.",
        footer = {"%nExamples:", "  agentctl audit", "  agentctl audit -n 1000 --json"})
final class AuditCommand extends Verb {
    private static final int FIELDS = 5;
    private static final int MOST = 50_000;

    @Option(
            names = {"-n", "--entries"},
            paramLabel = "N",
            defaultValue = "50",
            converter = Entries.class,
            description = "How many (default: 50).")
    private int entries;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /// What `--entries` may be.
    private static final class Entries extends WholeNumber<Integer> {
        Entries() {
            super(1, MOST, Math::toIntExact);
        }
    }

    AuditCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.ShowAudit(entries));
        if (!(reply instanceof ControlReply.Text(String text))) {
            return Answers.print(surroundings(), reply);
        }
        List<String[]> lines = Answers.rows(text, FIELDS);
        PrintStream out = surroundings().out();
        if (json) {
            out.println(document(lines));
        } else {
            lines.forEach(fields -> out.println(Times.utc(Long.parseLong(fields[0])) + "  "
                    + Printable.line(String.join("  ", Arrays.asList(fields).subList(1, FIELDS)))));
        }
        return ExitCode.OK;
    }

    private static String document(List<String[]> lines) {
        Json document = Json.document().key("entries").begin('[');
        for (String[] fields : lines) {
            document.begin('{').key("at").string(Times.utc(Long.parseLong(fields[0])));
            document.key("chat").string(fields[1]).key("user").string(fields[2]);
            document.key("action")
                    .string(fields[3])
                    .key("outcome")
                    .string(fields[4])
                    .end('}');
        }
        return document.end(']').end('}').toString();
    }
}
