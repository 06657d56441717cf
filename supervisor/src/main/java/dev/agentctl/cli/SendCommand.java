package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        header = "Send a message to an agent",
        description = {
            "%nPuts the message into the project's queue. It is typed into the agent as soon as the agent can take it,"
                    + " and stays queued while a question or an approval is open there. See the queue with: agentctl"
                    + " status"
        },
        footer = {
            "%nExamples:",
            "  agentctl send project-a fix the failing test",
            "  git diff | agentctl send project-a -              the message comes from standard input"
        })
final class SendCommand extends Verb {
    private static final int LARGEST = 1 << 20;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "Whom to send it to.")
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
    ExitCode run() throws CommandFailure, IOException {
        String text = words.equals(List.of("-")) ? standardInput() : String.join(" ", words);
        if (text.isBlank()) {
            throw new CommandFailure(ExitCode.USAGE, "the message is empty; nothing was sent to " + project);
        }
        return request(new ControlRequest.Send(project, text, "cli:" + UUID.randomUUID()));
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
