package dev.agentctl.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Says what the supervisor knows about the calling session.
record ContextInfoTool(Operator operator, ToolNames names) implements Tool {
    private static final Parameter.Count TOKEN_USED =
            new Parameter.Count("token_used", "Tokens of your context that are used, to have them in the answer.");
    private static final Parameter.Count TOKEN_TOTAL =
            new Parameter.Count("token_total", "Tokens that your context can hold.");

    @Override
    public Contract contract() {
        return new Contract(
                "get_context_info",
                "About this session",
                """
                Says what the supervisor knows about the session you run in: its name, agent, directory, state, \
                conversation id, how many of the operator's messages wait to be delivered, and whether the operator \
                can be reached at the moment. Use it when you need one of these, for instance to name yourself in a \
                message.""",
                Effect.LOOKS,
                // telegram-mcp-server's agents tell theirs
                names.isTelegram() ? List.of(TOKEN_USED, TOKEN_TOTAL) : List.of(),
                output());
    }

    private List<Field> output() {
        List<Field> known = List.of(
                Field.text("session", "Its name.").everyTime(),
                Field.text("agent", "What runs in it.").everyTime(),
                Field.text("directory", "The project's folder.").everyTime(),
                Field.text("state", "What the session is seen to do.").everyTime(),
                Field.text("conversation", "The agent's own id of the conversation, or \"not known yet\".")
                        .everyTime(),
                Field.number("messages_waiting", "Messages of the operator that wait to be delivered.")
                        .everyTime(),
                Field.flag("operator_reachable", "If false, what is sent is stored and delivered later.")
                        .everyTime());
        return names.isTelegram()
                ? java.util.stream.Stream.concat(
                                known.stream(),
                                java.util.stream.Stream.of(
                                        Field.number("token_used", "As given."),
                                        Field.number("token_total", "As given.")))
                        .toList()
                : known;
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        SessionContext context = operator.context(call.caller());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("session", context.session());
        fields.put("agent", context.agent());
        fields.put("directory", context.directory());
        fields.put("state", context.state());
        fields.put("conversation", context.conversation().orElse("not known yet"));
        fields.put("messages_waiting", context.queued());
        fields.put("operator_reachable", context.operatorReachable());
        arguments.count(TOKEN_USED).ifPresent(used -> fields.put("token_used", used));
        arguments.count(TOKEN_TOTAL).ifPresent(total -> fields.put("token_total", total));
        return new Outcome.Done(text(fields), fields);
    }

    private static String text(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey().replace('_', ' ') + ": " + inWords(field.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String inWords(Object value) {
        if (value instanceof Boolean reachable) {
            return reachable ? "yes" : "no; notices and questions are stored and delivered later";
        }
        return String.valueOf(value);
    }
}
