package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Waits for the answer to a question, and puts its state into words.
record Answers(Operator operator, ToolNames names) {
    /// The question's own end comes first, so that its expiry is reported and not the end of our patience.
    private static final Duration GRACE = Duration.ofMinutes(1);

    /// What [#tell] answers with, for an agent that asked, and for one that looks for the answer.
    static final List<Field> OUTPUT = List.of(
            Field.word("status", List.of("answered", "pending", "expired", "unknown"), "How the question stands.")
                    .everyTime(),
            Field.text("id", "The question's id.").everyTime(),
            Field.text("answer", "The operator's words, once it is answered."),
            Field.text("advice", "What to do now."));

    /// @param open how long the question may stay open
    /// @param tool which waits, in its contract's words
    Outcome await(String tool, ToolCall call, String id, Duration open) throws ExecutionException {
        return switch (call.await(
                () -> operator.awaitAnswer(call.caller(), id, open.plus(GRACE)),
                () -> operator.answerUntaken(call.caller(), id))) {
            case Waited.Arrived<QuestionState>(var state) -> tell(tool, state);
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
            case CANCELLED, CLIENT_GONE, TAKEN_UP -> new Outcome.Failed("the wait was cancelled: " + next);
        };
    }

    /// Says at once how a question stands.
    Outcome look(String tool, ToolCall call, String id) {
        QuestionState state = operator.look(call.caller(), id);
        if (state instanceof QuestionState.Answered) {
            call.hasAnswer(() -> operator.answerUntaken(call.caller(), id));
        }
        return tell(tool, state);
    }

    Outcome tell(String tool, QuestionState state) {
        return switch (state) {
            case QuestionState.Pending(var id) ->
                done(
                        tool,
                        "pending",
                        id,
                        "the question is open as " + id,
                        "call " + names.of("poll") + " with this id to look for the answer");
            case QuestionState.Answered(var id, var answer) ->
                new Outcome.Done("answered: " + answer, Map.of("status", "answered", id(tool), id, "answer", answer));
            case QuestionState.Expired(var id) ->
                done(
                        tool,
                        "expired",
                        id,
                        "nobody answered " + id + " in time",
                        "decide yourself if that is safe, or " + names.of("ask") + " again");
            case QuestionState.Unknown(var id) ->
                new Outcome.Failed(
                        "unknown: this session asked no question " + id + "; " + names.of("ask") + " it (again)",
                        Map.of("status", "unknown", id(tool), id));
        };
    }

    private Outcome done(String tool, String status, String id, String what, String advice) {
        return new Outcome.Done(
                status + ": " + what + "; " + advice, Map.of("status", status, id(tool), id, "advice", advice));
    }

    private String id(String tool) {
        return names.argument(tool, "id");
    }
}
