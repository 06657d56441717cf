package dev.agentctl.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One field of what a tool answers with. Clients that see an output schema show their model these fields and not the
/// text beside them, so they hold all of the answer.
///
/// @param schema of its value, as JSON Schema
/// @param always whether it is in every answer
record Field(String name, Map<String, Object> schema, boolean always) {
    static Field text(String name, String description) {
        return new Field(name, schema("string", description), false);
    }

    static Field number(String name, String description) {
        return new Field(name, schema("integer", description), false);
    }

    static Field flag(String name, String description) {
        return new Field(name, schema("boolean", description), false);
    }

    /// One word of a few.
    static Field word(String name, List<String> words, String description) {
        Map<String, Object> schema = schema("string", description);
        schema.put("enum", words);
        return new Field(name, schema, false);
    }

    static Field list(String name, List<Field> fields, String description) {
        Map<String, Object> schema = schema("array", description);
        schema.put("items", object(fields));
        return new Field(name, schema, false);
    }

    private static Map<String, Object> schema(String type, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        return schema;
    }

    /// The same, in every answer.
    Field everyTime() {
        return new Field(name, schema, true);
    }

    Field renamed(String other) {
        return new Field(other, schema, always);
    }

    /// An object of these fields and no others.
    static Map<String, Object> object(List<Field> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name, field.schema));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required =
                fields.stream().filter(Field::always).map(Field::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
