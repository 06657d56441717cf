package dev.agentctl.tools;

import java.util.List;

/// Sends the operator a picture of the project.
record SendImageTool(Operator operator, ToolNames names) implements Tool {
    private static final Parameter.Text PATH = new Parameter.Text(
            "path", true, 4_000, "The picture's path, relative to the project's folder or absolute within it.");

    @Override
    public Contract contract() {
        return new Contract(
                "send_image",
                "Send a picture",
                """
                Sends the human operator of this session a picture of the project, a PNG, JPEG, GIF or WebP file, and \
                returns at once. Use it for a screenshot, a chart or a drawing that the operator should look at. The \
                file must lie in the project's folder and must stay until it was delivered. For any other file, use \
                %s.""".formatted(names.of("send_file")),
                Effect.TELLS,
                List.of(PATH, Enclosures.CAPTION),
                Contract.STORED);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        return Enclosures.show(
                operator,
                call,
                new Enclosure.Picture(arguments.text(PATH), arguments.optionalText(Enclosures.CAPTION)));
    }
}
