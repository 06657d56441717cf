package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import java.util.List;

/// What a command makes of the supervisor's reply.
final class Answers {
    private Answers() {}

    /// Prints what was done and what was not. The first thing that was not decides the exit code.
    static ExitCode print(Surroundings surroundings, ControlReply reply) throws CommandFailure {
        if (reply instanceof ControlReply.Outcomes outcomes) {
            ExitCode code = ExitCode.OK;
            for (Outcome outcome : outcomes.outcomes()) {
                print(surroundings, outcome);
                code = code == ExitCode.OK ? outcome.code() : code;
            }
            return code;
        }
        if (reply instanceof ControlReply.Text text) {
            String clean = Printable.text(text.text());
            surroundings.out().print(clean.isEmpty() || clean.endsWith("\n") ? clean : clean + "\n");
            return ExitCode.OK;
        }
        throw unexpected(reply);
    }

    /// The lines of a text whose fields are parted by tabs; one that has not so many is left out.
    static List<String[]> rows(String text, int fields) {
        return text.lines()
                .map(line -> line.split("\t", fields))
                .filter(row -> row.length == fields)
                .toList();
    }

    private static void print(Surroundings surroundings, Outcome outcome) {
        String line = Printable.line(outcome.message());
        if (outcome.code() == ExitCode.OK) {
            surroundings.out().println(line);
        } else {
            surroundings.err().println("agentctl: " + line);
        }
    }

    /// A refusal, or a reply that does not belong to the request.
    static CommandFailure unexpected(ControlReply reply) {
        if (reply instanceof ControlReply.Refused refused) {
            return new CommandFailure(refused.code(), refused.message());
        }
        return new CommandFailure(
                ExitCode.ERROR, "the supervisor answered something else; is it the same version? see: agentctl doctor");
    }
}
