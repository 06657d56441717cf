package dev.agentctl.tools;

import java.util.List;

/// Sends another session's agent a message.
record SendToSessionTool(Neighbours neighbours, ToolNames names) implements Tool {
    static final Parameter.Text SESSION = new Parameter.Text("session", true, 63, "The other session's name.");
    private static final Parameter.Text MESSAGE = new Parameter.Text(
            "message", true, 16_000, "What to tell the other agent. It is told which session it comes from.");

    @Override
    public Contract contract() {
        return new Contract(
                "send_to_session",
                "Send to another session",
                """
                Puts a message into the queue of another session, whose agent gets it as a prompt once it is idle, and \
                returns at once. Use it to hand over work or to ask another agent; an answer, if any, comes as a \
                message to you. It never answers what that agent asked its operator. %s names the \
                sessions.""".formatted(names.of("list_sessions")),
                Effect.TELLS,
                List.of(SESSION, MESSAGE),
                Contract.STORED);
    }

    @Override
    public boolean isFor(Caller caller) {
        return neighbours.areOpenTo(caller);
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        if (!isFor(call.caller())) {
            return new Outcome.Failed(ListSessionsTool.NOT_ALLOWED);
        }
        String session = arguments.text(SESSION).strip();
        return neighbours.send(call.caller(), session, arguments.text(MESSAGE), call.key())
                ? Outcome.stored(session + " gets it once it is idle")
                : unknown(session, names);
    }

    static Outcome unknown(String session, ToolNames names) {
        return new Outcome.Failed("nothing was done: there is no session " + session + " that you may see; "
                + names.of("list_sessions") + " names them");
    }
}
