package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Says how far a question has come.
record PollTool(Operator operator, Answers answers, ToolNames names) implements Tool {
    private static final String NAME = "poll";
    private static final Parameter.Text ID =
            new Parameter.Text("id", true, 64, "The question's id, as you were given it.");
    private static final Parameter.Flag WAIT = new Parameter.Flag(
            "wait", false, "false: say at once how it stands. true: return when it is answered or expired.");

    @Override
    public Contract contract() {
        return new Contract(
                NAME,
                "Look for an answer",
                """
                Says how a question stands that you asked with %s: pending, answered (with the answer), expired or \
                unknown. Use it after %1$s with wait=false, or when a wait was cut short. With wait=true it waits for \
                the answer; do that rather than polling in a loop.""".formatted(names.of("ask")),
                Effect.LOOKS,
                List.of(ID, WAIT),
                Answers.OUTPUT);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) throws ExecutionException {
        String id = arguments.text(ID).strip();
        return arguments.flag(WAIT) ? answers.await(NAME, call, id, Duration.ofDays(7)) : answers.look(NAME, call, id);
    }
}
