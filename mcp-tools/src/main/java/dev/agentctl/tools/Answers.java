package dev.agentctl.tools;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// Waits for the answer to a question, and puts its state into words.
record Answers(Operator operator, ToolNames names) {
    /// The question's own end comes first, so that its expiry is reported and not the end of our patience.
    private static final Duration GRACE = Duration.ofMinutes(1);

    /// @param open how long the question may stay open
    Outcome await(ToolCall call, String id, Duration open) throws ExecutionException {
        return switch (call.await(operator.awaitAnswer(call.caller(), id, open.plus(GRACE)))) {
            case Waited.Arrived<QuestionState>(var state) -> tell(state);
            case Waited.Ended<QuestionState>(var ending) -> ended(ending, id);
            case Waited.Refused<QuestionState>() ->
                new Outcome.Failed("too many calls of this session are waiting already; the question is open as " + id
                        + ": do other work and call " + names.of("poll") + " with this id later");
        };
    }

    private Outcome ended(OpenCall.Ending ending, String id) {
        String next = "the question stays open as " + id + "; " + names.of("poll") + " with this id and wait=true"
                + " goes on waiting";
        return switch (ending) {
            case RESTARTING -> new Outcome.Failed("supervisor restarting, call again: " + next);
            case CANCELLED, CLIENT_GONE -> new Outcome.Failed("the wait was cancelled: " + next);
        };
    }

    Outcome tell(QuestionState state) {
        return switch (state) {
            case QuestionState.Pending(var id) ->
                new Outcome.Done("pending: the question is open as " + id + "; call " + names.of("poll")
                        + " with this id to look for the answer");
            case QuestionState.Answered answered -> new Outcome.Done("answered: " + answered.answer());
            case QuestionState.Expired(var id) ->
                new Outcome.Done("expired: nobody answered " + id + " in time; decide yourself if that is safe, or "
                        + names.of("ask") + " again");
            case QuestionState.Unknown(var id) ->
                new Outcome.Failed(
                        "unknown: this session asked no question " + id + "; " + names.of("ask") + " it (again)");
        };
    }
}
