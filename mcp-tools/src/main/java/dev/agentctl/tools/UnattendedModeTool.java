package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Reports, then waits for the next instruction: called again and again it is a session that works for an absent
/// operator.
record UnattendedModeTool(Operator operator, ToolNames names) implements Tool {
    private static final String NAME = "unattended_mode";
    private static final Parameter.Text REPORT = new Parameter.Text(
            "report",
            false,
            60_000,
            "What was done since the last instruction and what came of it, as Markdown; sent to the operator. Leave it"
                    + " out when there is nothing new to say.");
    private static final Parameter.Seconds TIMEOUT = new Parameter.Seconds(
            "timeout",
            WaitReplyTool.WEEK,
            WaitReplyTool.WEEK,
            "Seconds to wait for an instruction at most; 7 days unless given.");
    private static final Set<String> FAREWELLS = Set.of("exit", "quit", "退出");

    @Override
    public Contract contract() {
        return new Contract(
                NAME,
                "Work unattended",
                """
                Sends the operator your report and then waits, for days if need be, for the next instruction, which it \
                returns. Use it when you were told to work unattended: do the task, call this with a report, carry out \
                the instruction that it returns, call it again, and so on until should_exit is true. It survives \
                restarts. To ask something in between, use %s.""".formatted(names.of("ask")),
                Effect.TELLS,
                List.of(REPORT, TIMEOUT),
                List.of(
                        Field.word("status", List.of("instruction", "timed_out"), "What the wait came to.")
                                .everyTime(),
                        Field.text("next_instruction", "What the operator wants next, in their own words."),
                        Field.flag("should_exit", "Whether the operator ended unattended mode.")
                                .everyTime(),
                        Field.text("advice", "What to do now.").everyTime()));
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) throws ExecutionException {
        arguments.optionalText(REPORT).ifPresent(report -> report(call, report));
        Duration timeout = arguments.seconds(TIMEOUT);
        return switch (call.await(
                () -> operator.awaitReply(call.caller(), call.key(), call.remaining(timeout)),
                () -> operator.replyUntaken(call.caller(), call.key()))) {
            case Waited.Arrived<Reply>(var reply) -> tell(reply, timeout);
            case Waited.Ended<Reply>(var ending) -> WaitReplyTool.ended(ending, names.of(NAME) + " without a report");
            case Waited.Refused<Reply>() ->
                new Outcome.Failed("too many calls of this session are waiting already; one of them gets the"
                        + " instruction. The report was sent");
        };
    }

    private void report(ToolCall call, String report) {
        operator.tell(call.caller(), new Notice("", report, Optional.empty()), call.key());
    }

    private Outcome tell(Reply reply, Duration timeout) {
        return switch (reply) {
            case Reply.Answered(var text)
            when isFarewell(text) ->
                done("exit: the operator ended unattended mode", "instruction", text, true, "Stop here.");
            case Reply.Answered(var text) ->
                done(
                        "instruction: " + text,
                        "instruction",
                        text,
                        false,
                        "Do this, then call " + names.of(NAME) + " with a report.");
            case Reply.TimedOut() -> {
                String advice = "Call " + names.of(NAME) + " without a report to wait on.";
                yield new Outcome.Done(
                        "timed out: no instruction within " + timeout.toSeconds() + " s. " + advice,
                        Map.of("status", "timed_out", "should_exit", false, "advice", advice));
            }
            case Reply.Withdrawn(var reason) -> new Outcome.Failed("withdrawn: " + reason);
        };
    }

    private static boolean isFarewell(String text) {
        return FAREWELLS.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private static Outcome done(String text, String status, String instruction, boolean exit, String advice) {
        return new Outcome.Done(
                exit ? text : text + "\n\n" + advice,
                Map.of("status", status, "next_instruction", instruction, "should_exit", exit, "advice", advice));
    }
}
