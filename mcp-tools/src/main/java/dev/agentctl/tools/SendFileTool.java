package dev.agentctl.tools;

import java.util.List;

/// Sends the operator a file of the project.
record SendFileTool(Operator operator, ToolNames names) implements Tool {
    private static final Parameter.Text PATH = new Parameter.Text(
            "path", true, 4_000, "The file's path, relative to the project's folder or absolute within it.");

    @Override
    public Contract contract() {
        return new Contract(
                "send_file",
                "Send a file",
                """
                Sends the human operator of this session a file of the project, up to 50 MB, and returns at once. Use \
                it when the operator asked for a file, or made one necessary: a report, an archive, a patch. The file \
                must lie in the project's folder, must not be one that usually holds secrets, and must stay until it \
                was delivered. For a picture to look at, use %s.""".formatted(names.of("send_image")),
                Effect.TELLS,
                List.of(PATH, Enclosures.CAPTION),
                Contract.STORED);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        return Enclosures.show(
                operator,
                call,
                new Enclosure.Document(arguments.text(PATH), arguments.optionalText(Enclosures.CAPTION)));
    }
}
