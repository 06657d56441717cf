package dev.agentctl.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an agent is told about a tool.
///
/// @param name in snake_case, without a prefix
/// @param title for people
/// @param description for the model: what the tool does and when to use it
record Contract(String name, String title, String description, Effect effect, List<Parameter> parameters) {
    Contract {
        parameters = List.copyOf(parameters);
    }

    /// The arguments as JSON Schema.
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = parameters.stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
