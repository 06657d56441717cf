package dev.agentctl.tools;

import java.util.List;

/// Tells the operator something.
record NotifyTool(Operator operator) implements Tool {
    private static final Parameter.Text EVENT = new Parameter.Text(
            "event", true, 64, "One word for the kind of news, such as done, blocked, failed, progress.");
    private static final Parameter.Text SUMMARY = new Parameter.Text(
            "summary", true, 4_000, "The news in one or two sentences, as Markdown. The operator reads it on a phone.");
    private static final Parameter.Text DETAILS = new Parameter.Text(
            "details", false, 60_000, "More of it where it helps: results, file names, next steps; as Markdown.");

    @Override
    public Contract contract() {
        return new Contract(
                "notify", "Notify the operator", """
                Sends the human operator of this session a message and returns at once; it does not wait for an \
                answer. Use it when a long task is done, when you are blocked, when something failed that the \
                operator should know, or at a milestone the operator asked to hear of. Do not use it for every \
                small step.""", Effect.TELLS, List.of(EVENT, SUMMARY, DETAILS), Contract.STORED);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        Notice notice = new Notice(arguments.text(EVENT), arguments.text(SUMMARY), arguments.optionalText(DETAILS));
        operator.tell(call.caller(), notice, call.key());
        return Outcome.stored("the operator will get it");
    }
}
