package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.util.Optional;

/// What `status` does. Knows nothing of the command line's parser, so that the quick way to it loads little.
final class StatusQuery {
    private StatusQuery() {}

    /// Prints the state of one project or of all.
    ///
    /// @throws CommandFailure after the JSON was printed, too: without a supervisor the object says so and the exit
    ///     code is still [ExitCode#UNREACHABLE]
    static ExitCode run(Surroundings surroundings, Optional<String> project, boolean json) throws CommandFailure {
        SupervisorCall supervisor = new SupervisorCall(surroundings.state());
        ControlReply reply;
        try {
            reply = supervisor.ask(new ControlRequest.Status(project));
        } catch (CommandFailure e) {
            throw e.code() == ExitCode.UNREACHABLE ? away(surroundings, supervisor, json) : e;
        }
        if (reply instanceof ControlReply.Report report) {
            surroundings.out().print(StatusText.of(report, project, json));
            return ExitCode.OK;
        }
        throw Answers.unexpected(reply);
    }

    private static CommandFailure away(Surroundings surroundings, SupervisorCall supervisor, boolean json)
            throws CommandFailure {
        HostCall.Presence host = HostCall.presence(surroundings.state());
        if (json) {
            surroundings.out().println(StatusJson.of(Optional.empty(), host.process(), false));
        }
        String line = host.running().isEmpty()
                ? supervisor.away()
                : supervisor.away() + " (its host keeps running: " + String.join(", ", host.running()) + ")";
        return new CommandFailure(ExitCode.UNREACHABLE, line);
    }
}
