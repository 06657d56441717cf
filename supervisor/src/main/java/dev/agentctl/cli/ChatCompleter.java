package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes the chat's commands, and after those that speak of a project the projects' names.
final class ChatCompleter implements Completer {
    private static final Set<String> OF_A_PROJECT = Set.of(
            "/to",
            "/status",
            "/file",
            "/delete",
            "/start",
            "/stop",
            "/restart",
            "/screen",
            "/keys",
            "/log",
            "/interrupt",
            "/mute");
    private static final Set<String> OTHERS = Set.of("/sessions", "/run", "/help", "/quit");

    private final Agentctl root;

    ChatCompleter(Agentctl root) {
        this.root = root;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            OF_A_PROJECT.forEach(command -> candidates.add(new Candidate(command)));
            OTHERS.forEach(command -> candidates.add(new Candidate(command)));
        } else if (line.wordIndex() == 1 && OF_A_PROJECT.contains(line.words().getFirst())) {
            names(candidates);
        }
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
