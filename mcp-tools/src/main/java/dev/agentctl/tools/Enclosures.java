package dev.agentctl.tools;

/// Hands an [Enclosure] over and puts what became of it into words.
final class Enclosures {
    static final Parameter.Text CAPTION =
            new Parameter.Text("caption", false, 1_000, "A sentence that says what it is, as Markdown.");

    private Enclosures() {}

    static Outcome show(Operator operator, ToolCall call, Enclosure enclosure) {
        return switch (operator.show(call.caller(), enclosure, call.key())) {
            case Shown.Stored() -> Outcome.stored("the operator will get it");
            case Shown.Refused(var reason) -> new Outcome.Failed("nothing was sent: " + reason);
        };
    }
}
