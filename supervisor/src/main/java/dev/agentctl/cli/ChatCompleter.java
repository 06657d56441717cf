package dev.agentctl.cli;

import dev.agentctl.chat.CommandWord;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes the chat's commands, and after those that speak of a project the projects' names.
final class ChatCompleter implements Completer {
    private final Agentctl root;

    ChatCompleter(Agentctl root) {
        this.root = root;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            for (CommandWord command : CommandWord.values()) {
                candidates.add(new Candidate("/" + command.word()));
            }
            candidates.add(new Candidate("/quit"));
        } else if (line.wordIndex() == 1 && isOfASession(line.words().getFirst())) {
            names(candidates);
        }
    }

    private static boolean isOfASession(String word) {
        return Arrays.stream(CommandWord.values())
                .anyMatch(command -> command.ofASession() && word.equals("/" + command.word()));
    }

    private void names(List<Candidate> candidates) {
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.empty()));
            if (reply instanceof ControlReply.Report report) {
                for (SessionReport session : report.sessions()) {
                    candidates.add(new Candidate(session.name()));
                }
            }
        } catch (CommandFailure _) {
            // then there is nothing to offer, and the prompt says soon enough that the supervisor is gone
        }
    }
}
