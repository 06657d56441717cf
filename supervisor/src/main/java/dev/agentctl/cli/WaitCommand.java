package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.project.NearestKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "wait",
        header = "Wait until an agent is as you want it",
        description = {
            "%nReturns as soon as it is so, at once where it is so already. GOAL is",
            "  a state     idle, working, awaiting-approval, stopped ... as status has them;",
            "              running is any state in which the agent runs",
            "  exit        the end of the running process; prints its exit status (and the",
            "              exit code of wait is 0, whatever that is)",
            "  text=TEXT   TEXT on one line of its screen; prints the line",
            "%nExit codes: 0 reached, 6 timed out, 3 the agent is stopped, exited or failed, so that the goal cannot"
                    + " come until somebody starts it."
        },
        footer = {
            "%nExamples:",
            "  agentctl send project-a run the tests \\",
            "    && agentctl wait project-a --for working \\",
            "    && agentctl wait project-a --for idle --timeout 30m",
            "  agentctl wait project-a --for 'text=Do you want to proceed?' --timeout 5m",
            "  code=$(agentctl wait build --for exit)"
        })
final class WaitCommand extends Verb {
    private static final List<String> STATES = List.of(
            "stopped",
            "starting",
            "running",
            "idle",
            "working",
            "awaiting-approval",
            "awaiting-answer",
            "limited",
            "stuck",
            "backoff",
            "stopping",
            "exited",
            "failed");

    @Parameters(paramLabel = "PROJECT", completionCandidates = NamedProjects.class, description = "Which agent.")
    private String project = "";

    @Option(names = "--for", paramLabel = "GOAL", required = true, description = "What for.")
    private String wanted = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long at most: 30s, 5m, 1h (default: for ever).")
    private @Nullable String timeout;

    @Option(
            names = "--json",
            description =
                    "One JSON object: whether it was reached, state, line, exit status; null where there is none.")
    private boolean json;

    WaitCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, InterruptedException {
        WaitGoal goal = goal();
        return switch (GoalWait.of(root(), project, goal, patience())) {
            case ControlReply.Reached reached -> {
                surroundings().out().println(json ? object(reached) : words(goal, reached));
                yield ExitCode.OK;
            }
            case ControlReply.NotYet late -> {
                if (json) {
                    surroundings().out().println(object(late));
                }
                throw new CommandFailure(
                        ExitCode.TIMED_OUT,
                        project + " did not come to " + Printable.line(wanted) + " within " + timeout + "; it is "
                                + late.state() + evidence(late.evidence()));
            }
            case ControlReply other -> throw Answers.unexpected(other);
        };
    }

    private WaitGoal goal() throws CommandFailure {
        if (wanted.startsWith("text=") && wanted.length() > "text=".length()) {
            return new WaitGoal.Text(wanted.substring("text=".length()));
        }
        if (wanted.equals("exit")) {
            return new WaitGoal.Exit(0);
        }
        if (STATES.contains(wanted)) {
            return new WaitGoal.State(wanted);
        }
        String nearest = NearestKey.of(wanted, STATES)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
        throw new CommandFailure(
                ExitCode.USAGE,
                "'" + Printable.line(wanted) + "' is nothing to wait for" + nearest
                        + "; say a state, exit, or text=TEXT; see: agentctl wait --help");
    }

    private Duration patience() throws CommandFailure {
        String given = timeout;
        return given == null ? GoalWait.FOR_EVER : GoalWait.patience(given);
    }

    private String words(WaitGoal goal, ControlReply.Reached reached) {
        return switch (goal) {
            case WaitGoal.State _ -> project + " is " + reached.state() + evidence(reached.evidence());
            case WaitGoal.Text _ -> Printable.line(reached.seen());
            case WaitGoal.Exit _ -> reached.exitStatus().orElse("unknown");
        };
    }

    private static String evidence(String evidence) {
        return evidence.isEmpty() ? "" : " (" + Printable.line(evidence) + ")";
    }

    private String object(ControlReply.Reached reached) {
        return object(true, reached);
    }

    private String object(ControlReply.NotYet late) {
        return object(false, new ControlReply.Reached(late.state(), late.evidence(), "", Optional.empty()));
    }

    /// All keys, always: null where there is nothing to tell.
    private String object(boolean reached, ControlReply.Reached last) {
        Json document =
                Json.document().key("project").string(project).key("for").string(wanted);
        document.key("reached").flag(reached).key("state").string(last.state());
        document.key("evidence").string(last.evidence());
        document.key("line").optional(Optional.of(last.seen()).filter(line -> !line.isEmpty()));
        document.key("exitStatus")
                .optional(last.exitStatus().stream().mapToLong(Long::parseLong).findFirst());
        return document.end('}').toString();
    }
}
