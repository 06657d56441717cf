package dev.agentctl.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an agent is told about a tool.
///
/// @param name in snake_case, without a prefix
/// @param title for people
/// @param description for the model: what the tool does and when to use it
/// @param output what it answers with when it did what it is for
record Contract(
        String name, String title, String description, Effect effect, List<Parameter> parameters, List<Field> output) {
    /// What the tools answer with that only hand something over.
    static final List<Field> STORED =
            List.of(Field.word("status", List.of("stored"), "It is on disk and will be delivered.")
                    .everyTime());

    Contract {
        parameters = List.copyOf(parameters);
        output = List.copyOf(output);
    }

    /// The arguments as JSON Schema, under the names that agents know them by.
    Map<String, Object> schema(ToolNames names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(names.argument(name, parameter.name()), parameter.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = parameters.stream()
                .filter(Parameter::required)
                .map(parameter -> names.argument(name, parameter.name()))
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /// The answer as JSON Schema.
    Map<String, Object> outputSchema(ToolNames names) {
        return Field.object(output.stream()
                .map(field -> field.renamed(names.argument(name, field.name())))
                .toList());
    }
}
