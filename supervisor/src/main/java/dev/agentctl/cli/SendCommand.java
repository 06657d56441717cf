package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        header = "Send a message to an agent",
        description = {
            "%nPuts the message into the project's queue and returns. It is typed into the agent as soon as the agent can"
                    + " take it, and stays queued while a question or an approval is open there. What became of it:"
                    + " agentctl status PROJECT",
            "%nWith --wait it returns when the agent itself has confirmed the message, and says what proved that. Exit"
                    + " codes then: 0 accepted (or typed into a program that confirms nothing), 6 timed out and 3 the"
                    + " agent does not run, where the message stays queued; 1 it is uncertain whether the agent took"
                    + " it; 7 it was withdrawn.",
            "%nOptions stand before the project: what follows it is the message."
        },
        footer = {
            "%nExamples:",
            "  agentctl send project-a fix the failing test",
            "  git diff | agentctl send project-a -        what standard input says",
            "  agentctl send --wait --timeout 5m project-a go on && echo it knows"
        })
final class SendCommand extends Verb {
    private static final int LARGEST = 1 << 20;
    private static final String PATIENCE = "60s";

    @Option(names = "--wait", description = "Return when the agent has accepted the message.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long --wait waits at most: 30s, 5m, 1h (default: 60s).")
    private @Nullable String timeout;

    @Option(
            names = "--json",
            description =
                    "With --wait: one JSON object with what came of the message and when, whatever the exit code.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "Whom to send it to.")
    private String project = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TEXT",
            description = "The message; '-' alone reads it from standard input.")
    private List<String> words = new ArrayList<>();

    SendCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean restIsText() {
        return true;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        String text = words.equals(List.of("-")) ? standardInput() : String.join(" ", words);
        if (text.isBlank()) {
            throw new CommandFailure(ExitCode.USAGE, "the message is empty; nothing was sent to " + project);
        }
        ControlRequest.Send request = new ControlRequest.Send(project, text, "cli:" + UUID.randomUUID());
        Optional<Duration> patience = patience();
        return patience.isPresent() ? sendAndWait(request, patience.get()) : request(request);
    }

    /// Empty where nobody waits.
    private Optional<Duration> patience() throws CommandFailure {
        String given = timeout;
        if (!wait && (given != null || json)) {
            throw new CommandFailure(
                    ExitCode.USAGE, (json ? "--json" : "--timeout") + " needs --wait; see: agentctl send --help");
        }
        return wait ? Optional.of(GoalWait.patience(given == null ? PATIENCE : given)) : Optional.empty();
    }

    private ExitCode sendAndWait(ControlRequest.Send request, Duration patience)
            throws CommandFailure, InterruptedException {
        ControlReply reply = root().supervisor().askPatiently(request);
        if (!(reply instanceof ControlReply.Outcomes sent)) {
            throw Answers.unexpected(reply);
        }
        if (surroundings().interactive()) {
            sent.outcomes().forEach(outcome -> surroundings().err().println(Printable.line(outcome.message())));
        }
        SentMessage message = new SentMessage(root(), project, request.key());
        ControlReply.Delivered delivered = message.follow(patience);
        String given = timeout;
        SentMessage.Outcome outcome = message.outcome(delivered, given == null ? PATIENCE : given);
        if (json) {
            surroundings().out().println(message.json(delivered, outcome));
        }
        if (outcome.code() != ExitCode.OK) {
            throw new CommandFailure(outcome.code(), project + ": " + outcome.line());
        }
        if (!json) {
            surroundings().out().println(Printable.line(project + ": " + outcome.line()));
        }
        return ExitCode.OK;
    }

    private String standardInput() throws CommandFailure, IOException {
        byte[] bytes = surroundings().in().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the message is larger than " + LARGEST + " bytes; put it into a file and send the file's name");
        }
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }
}
