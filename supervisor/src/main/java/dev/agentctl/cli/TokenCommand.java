package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.project.Durations;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        header = "Make and end tokens for your own MCP clients",
        description = {
            "%nWhere the configuration has mcp.remote, an MCP client of yours (another machine, a chat's connector) that"
                    + " holds a token sees the sessions, and may write to them with scope write.",
            "",
            "create prints the token, this once: only its hash is kept. list shows the live ones, revoke ends one at"
                    + " once."
        },
        footer = {
            "%nExamples:",
            "  agentctl token create phone --scope read --expires 30d",
            "  agentctl token create laptop --scope write --project project-a",
            "  agentctl token list --json",
            "  agentctl token revoke phone"
        })
final class TokenCommand extends Verb {
    private static final int FIELDS = 5;

    @Parameters(index = "0", paramLabel = "create|list|revoke", description = "What to do.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "What you call the token.")
    private @Nullable String name;

    @Option(
            names = "--scope",
            paramLabel = "read|write",
            defaultValue = "read",
            description = "Whether it may only look (default), or also write, start and stop.")
    private String scope = "read";

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "The only one that it reaches.")
    private @Nullable String project;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "90d",
            description = "How long it holds: 12h, 30d (default: 90d), or never.")
    private String expires = "90d";

    @Option(names = "--json", description = "list: one JSON object.")
    private boolean json;

    TokenCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        return switch (action) {
            case "create" ->
                created(ask(new ControlRequest.CreateToken(named(), scope, Optional.ofNullable(project), seconds())));
            case "list" -> listed(ask(new ControlRequest.ListTokens()));
            case "revoke" -> Answers.print(surroundings(), ask(new ControlRequest.RevokeToken(named())));
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "what is 'token " + Printable.line(action)
                                + "'? Say create, list or revoke; see: agentctl token" + " --help");
        };
    }

    private ControlReply ask(ControlRequest request) throws CommandFailure {
        return root().supervisor().ask(request);
    }

    private String named() throws CommandFailure {
        String given = name;
        if (given == null) {
            throw new CommandFailure(ExitCode.USAGE, "which token? Say: agentctl token " + action + " NAME");
        }
        return given;
    }

    private long seconds() throws CommandFailure {
        if (expires.equals("never")) {
            return 0;
        }
        Optional<Duration> time = expires.matches("[0-9]{1,5}d")
                ? Optional.of(Duration.ofDays(Long.parseLong(expires.substring(0, expires.length() - 1))))
                : Durations.parse(expires);
        return time.filter(given -> given.toSeconds() > 0)
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.USAGE, "--expires takes a time such as 12h or 30d, or never"))
                .toSeconds();
    }

    /// The token alone on standard output, so that a script can take it.
    private ExitCode created(ControlReply reply) throws CommandFailure {
        if (!(reply instanceof ControlReply.Text(String text))) {
            return Answers.print(surroundings(), reply);
        }
        List<String> lines = text.lines().toList();
        surroundings().out().println(lines.getFirst());
        lines.stream().skip(1).forEach(note -> surroundings().err().println("note: " + Printable.line(note)));
        return ExitCode.OK;
    }

    private ExitCode listed(ControlReply reply) throws CommandFailure {
        if (!(reply instanceof ControlReply.Text(String text))) {
            return Answers.print(surroundings(), reply);
        }
        List<String[]> lines = Answers.rows(text, FIELDS);
        PrintStream out = surroundings().out();
        if (json) {
            out.println(document(lines));
        } else if (lines.isEmpty()) {
            out.println("there is no token; make one with: agentctl token create NAME");
        } else {
            lines.forEach(fields -> out.println(fields[0] + "  " + fields[1] + "  "
                    + (fields[2].isEmpty() ? "all projects" : fields[2]) + "  "
                    + (fields[4].isEmpty() ? "until revoked" : "until " + time(fields[4]))));
        }
        return ExitCode.OK;
    }

    private static String time(String millis) {
        return Times.utc(Long.parseLong(millis));
    }

    private static Optional<String> text(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }

    private static String document(List<String[]> lines) {
        Json document = Json.document().key("tokens").begin('[');
        for (String[] fields : lines) {
            document.begin('{').key("name").string(fields[0]).key("scope").string(fields[1]);
            document.key("project").optional(text(fields[2]));
            document.key("made").string(time(fields[3]));
            document.key("expires")
                    .optional(text(fields[4]).map(TokenCommand::time))
                    .end('}');
        }
        return document.end(']').end('}').toString();
    }
}
