package dev.agentctl.tools;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lists the sessions beside the caller's.
record ListSessionsTool(Neighbours neighbours, ToolNames names) implements Tool {
    static final String NOT_ALLOWED =
            "nothing was done: this session may not see others; the operator can allow it with see_others: true";

    @Override
    public Contract contract() {
        return new Contract(
                "list_sessions",
                "List other sessions",
                """
                Lists the other sessions of this machine that you may see, each with its agent, folder and state. Use \
                it before %s, or when you have to know what other agents are working on.""".formatted(names.of("send_to_session")),
                Effect.LOOKS,
                List.of(),
                List.of(Field.list(
                                "sessions",
                                List.of(
                                        Field.text("session", "Its name.").everyTime(),
                                        Field.text("agent", "What runs in it.").everyTime(),
                                        Field.text("directory", "Where it works.")
                                                .everyTime(),
                                        Field.text("state", "What it does at the moment.")
                                                .everyTime()),
                                "The other sessions, by name.")
                        .everyTime()));
    }

    @Override
    public boolean isFor(Caller caller) {
        return neighbours.areOpenTo(caller);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        if (!isFor(call.caller())) {
            return new Outcome.Failed(NOT_ALLOWED);
        }
        List<Neighbours.Neighbour> others = neighbours.of(call.caller());
        String text = others.stream()
                .map(other -> other.session() + ": " + other.state() + " (" + other.agent() + " in " + other.directory()
                        + ")")
                .collect(Collectors.joining("\n"));
        return new Outcome.Done(
                text.isEmpty() ? "there are no other sessions that you may see" : text,
                Map.of("sessions", others.stream().map(ListSessionsTool::fields).toList()));
    }

    private static Map<String, String> fields(Neighbours.Neighbour other) {
        return Map.of(
                "session", other.session(),
                "agent", other.agent(),
                "directory", other.directory(),
                "state", other.state());
    }
}
