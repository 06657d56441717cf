package dev.agentctl.tools;

import java.util.List;

/// Says what the supervisor knows about the calling session.
record ContextInfoTool(Operator operator) implements Tool {
    @Override
    public Contract contract() {
        return new Contract("get_context_info", "About this session", """
                Says what the supervisor knows about the session you run in: its name, agent, directory, state, \
                conversation id, how many of the operator's messages wait to be delivered, and whether the operator \
                can be reached at the moment. Use it when you need one of these, for instance to name yourself in a \
                message.""", Effect.LOOKS, List.of());
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        SessionContext context = operator.context(call.caller());
        return new Outcome.Done("""
                session: %s
                agent: %s
                directory: %s
                state: %s
                conversation: %s
                messages waiting: %d
                operator reachable: %s""".formatted(
                context.session(),
                context.agent(),
                context.directory(),
                context.state(),
                context.conversation().orElse("not known yet"),
                context.queued(),
                context.operatorReachable() ? "yes" : "no; notices and questions are stored and delivered later"));
    }
}
