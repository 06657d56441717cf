package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Asks the operator a question, and usually waits for the answer.
record AskTool(Operator operator, Answers answers, ToolNames names) implements Tool {
    private static final String NAME = "ask";
    private static final long WEEK = Duration.ofDays(7).toSeconds();
    private static final Parameter.Text QUESTION = new Parameter.Text(
            "question", true, 4_000, "The question, as Markdown, such that it can be answered on a phone.");
    private static final Parameter.Text CONTEXT =
            new Parameter.Text("context", false, 60_000, "What the operator needs to know to decide, as Markdown.");
    private static final Parameter.Texts OPTIONS = new Parameter.Texts(
            "options",
            20,
            200,
            "Answers to choose from; the operator may also write another. Leave it out for a free answer.");
    private static final Parameter.Seconds TIMEOUT = new Parameter.Seconds(
            "timeout", WEEK, WEEK, "Seconds until the question expires unanswered; 7 days unless given.");

    /// Those who know the tool as `telegram_prompt` expect the id at once.
    private Parameter.Flag waits() {
        return new Parameter.Flag(
                "wait",
                !names.isTelegram(),
                "true: return when the question is answered or expired. false: return its id at once.");
    }

    @Override
    public Contract contract() {
        return new Contract(
                NAME,
                "Ask the operator",
                """
                Asks the human operator of this session a question and waits for the answer, for days if need be. \
                Use it when you cannot decide something yourself: a choice between designs, a missing fact, leave \
                to do something risky. The question survives restarts. With wait=false it returns the question's \
                id at once, for %s, so that you can go on with other work meanwhile.""".formatted(names.of("poll")),
                Effect.TELLS,
                List.of(QUESTION, CONTEXT, OPTIONS, TIMEOUT, waits()),
                Answers.OUTPUT);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) throws ExecutionException {
        Question question = new Question(
                arguments.text(QUESTION),
                arguments.optionalText(CONTEXT),
                arguments.texts(OPTIONS),
                arguments.seconds(TIMEOUT));
        String id = operator.ask(call.caller(), question, call.key());
        return arguments.flag(waits())
                ? answers.await(NAME, call, id, question.timeout())
                : answers.tell(NAME, new QuestionState.Pending(id));
    }
}
