package dev.agentctl.tools;

import java.util.List;

/// Sends the operator a message in the agent's own form.
record SendMessageTool(Operator operator, ToolNames names) implements Tool {
    private static final Parameter.Text MESSAGE = new Parameter.Text(
            "message", true, 60_000, "What to say, as Markdown. The operator reads it on a phone: keep it short.");

    @Override
    public Contract contract() {
        return new Contract(
                "send_message",
                "Send a message",
                """
                Sends the human operator of this session a message in free form and returns at once; it does not wait \
                for an answer. Use it to answer something that the operator wrote, or for a text that the operator \
                asked for. To report an event, use %s; to get an answer, %s.""".formatted(names.of("notify"), names.of("ask")),
                Effect.TELLS,
                List.of(MESSAGE),
                Contract.STORED);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        return Enclosures.show(operator, call, new Enclosure.Words(arguments.text(MESSAGE)));
    }
}
