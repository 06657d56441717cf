package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Waits for the operator's next message.
record WaitReplyTool(Operator operator, ToolNames names) implements Tool {
    static final long WEEK = Duration.ofDays(7).toSeconds();
    private static final Parameter.Seconds TIMEOUT =
            new Parameter.Seconds("timeout", WEEK, WEEK, "Seconds to wait at most; 7 days unless given.");

    @Override
    public Contract contract() {
        return new Contract(
                "wait_reply",
                "Wait for the operator",
                """
                Waits for the next message that the human operator writes to this session and returns it; one that \
                came in the meantime is returned at once. Use it when the operator told you to wait for \
                instructions, or after %s when you need a word before you go on. To ask something, use %s.""".formatted(names.of("notify"), names.of("ask")),
                Effect.RECEIVES,
                List.of(TIMEOUT),
                List.of(
                        Field.word("status", List.of("answered", "timed_out"), "What the wait came to.")
                                .everyTime(),
                        Field.text("reply", "The operator's words."),
                        Field.text("advice", "What to do now.")));
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) throws ExecutionException {
        Duration timeout = arguments.seconds(TIMEOUT);
        return switch (call.await(
                () -> operator.awaitReply(call.caller(), call.key(), call.remaining(timeout)),
                () -> operator.replyUntaken(call.caller(), call.key()))) {
            case Waited.Arrived<Reply>(var reply) -> tell(reply, timeout);
            case Waited.Ended<Reply>(var ending) -> ended(ending, names.of("wait_reply"));
            case Waited.Refused<Reply>() ->
                new Outcome.Failed("too many calls of this session are waiting already; one of them gets the reply");
        };
    }

    private Outcome tell(Reply reply, Duration timeout) {
        return switch (reply) {
            case Reply.Answered(var text) ->
                new Outcome.Done("answered: " + text, Map.of("status", "answered", "reply", text));
            case Reply.TimedOut() -> {
                String advice = "carry on, or call " + names.of("wait_reply") + " again";
                yield new Outcome.Done(
                        "timed out: no message within " + timeout.toSeconds() + " s; " + advice,
                        Map.of("status", "timed_out", "advice", advice));
            }
            case Reply.Withdrawn(var reason) -> new Outcome.Failed("withdrawn: " + reason);
        };
    }

    /// @param again what to call to go on waiting
    static Outcome ended(OpenCall.Ending ending, String again) {
        String next = again + " goes on waiting, and nothing the operator writes is lost";
        return switch (ending) {
            case RESTARTING -> new Outcome.Failed("supervisor restarting, call again: " + next);
            case CANCELLED, CLIENT_GONE, TAKEN_UP -> new Outcome.Failed("the wait was cancelled: " + next);
        };
    }
}
