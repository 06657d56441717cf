package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pair",
        header = "Let a person join the Telegram chat with a code",
        description = {
            "%nPrints a code of 8 digits that works once and for 10 minutes. Whoever writes /pair CODE to the bot joins in"
                    + " that role, beside those whom the configuration lists; the chat is told.",
            "",
            "A viewer may look, an operator may also talk to agents and start and stop them, an owner may do everything."
        },
        footer = {
            "%nExamples:",
            "  agentctl pair --role viewer",
            "  agentctl pair --list --json",
            "  agentctl pair --remove 42"
        })
final class PairCommand extends Verb {
    private static final int FIELDS = 2;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "operator",
            description = "viewer, operator or owner.")
    private String role = "operator";

    @Option(names = "--list", description = "Show who joined by a code.")
    private boolean list;

    @Option(names = "--json", description = "With --list: one JSON object.")
    private boolean json;

    @Option(names = "--remove", paramLabel = "ID", description = "Put a person out.")
    private @Nullable String remove;

    PairCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        String user = remove;
        if (user != null) {
            return Answers.print(surroundings(), root().supervisor().ask(new ControlRequest.RemoveMember(user)));
        }
        if (list) {
            return listed(root().supervisor().ask(new ControlRequest.ListMembers()));
        }
        ControlReply reply = root().supervisor().ask(new ControlRequest.Invite(role));
        if (!(reply instanceof ControlReply.Text(String code))) {
            return Answers.print(surroundings(), reply);
        }
        surroundings().out().println("Within 10 minutes, write to the bot: /pair " + code);
        return ExitCode.OK;
    }

    private ExitCode listed(ControlReply reply) throws CommandFailure {
        if (!(reply instanceof ControlReply.Text(String text))) {
            throw Answers.unexpected(reply);
        }
        List<String[]> members = Answers.rows(text, FIELDS);
        if (json) {
            surroundings().out().println(document(members));
        } else if (members.isEmpty()) {
            surroundings().out().println("nobody has joined by a code; make one with: agentctl pair");
        } else {
            surroundings().out().print(Printable.text(text));
        }
        return ExitCode.OK;
    }

    private static String document(List<String[]> members) {
        Json document = Json.document().key("members").begin('[');
        for (String[] member : members) {
            document.begin('{').key("id").string(member[0]);
            document.key("role").string(member[1]).end('}');
        }
        return document.end(']').end('}').toString();
    }
}
