package dev.agentctl.tools;

import java.util.List;

/// Sends the operator code, shown as such.
record SendCodeTool(Operator operator, ToolNames names) implements Tool {
    private static final Parameter.Text CODE =
            new Parameter.Text("code", true, 60_000, "The code or output, without a fence around it.");
    private static final Parameter.Text LANGUAGE = new Parameter.Text(
            "language", false, 30, "Its language, for colours: python, java, bash, json, diff and so on.");

    @Override
    public Contract contract() {
        return new Contract(
                "send_code",
                "Send code",
                """
                Sends the human operator of this session a piece of code, a diff or a program's output, shown in fixed \
                width with the colours of its language, and returns at once. Use it when the operator has to see the \
                code itself; a few dozen lines are all that a phone shows well. For a whole file, use %s.""".formatted(names.of("send_file")),
                Effect.TELLS,
                List.of(CODE, LANGUAGE, Enclosures.CAPTION),
                Contract.STORED);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        return Enclosures.show(
                operator,
                call,
                new Enclosure.Code(
                        arguments.text(CODE),
                        arguments.optionalText(LANGUAGE),
                        arguments.optionalText(Enclosures.CAPTION)));
    }
}
