package dev.agentctl.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One argument of a tool: what the agent is told about it, and what is accepted. Both come from here, so that they
/// cannot drift apart.
sealed interface Parameter {
    String name();

    String description();

    boolean required();

    /// This argument as JSON Schema.
    Map<String, Object> schema();

    /// What is wrong with a value that was given, as the end of "NAME must …"; empty when nothing is.
    Optional<String> complaint(Object value);

    /// A text.
    ///
    /// @param most characters
    record Text(String name, boolean required, int most, String description) implements Parameter {
        @Override
        public Map<String, Object> schema() {
            return required
                    ? typed("string", description, "minLength", 1, "maxLength", most)
                    : typed("string", description, "maxLength", most);
        }

        @Override
        public Optional<String> complaint(Object value) {
            if (!(value instanceof String text)) {
                return Optional.of("be a text");
            }
            if (required && text.isBlank()) {
                return Optional.of("not be empty");
            }
            return text.length() <= most
                    ? Optional.empty()
                    : Optional.of("have at most " + most + " characters, not " + text.length());
        }
    }

    /// A list of texts, none of them empty; optional.
    ///
    /// @param mostItems in the list
    /// @param most characters of each
    record Texts(String name, int mostItems, int most, String description) implements Parameter {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = typed("array", description);
            schema.put("items", Map.of("type", "string"));
            schema.put("maxItems", mostItems);
            return schema;
        }

        @Override
        public Optional<String> complaint(Object value) {
            if (!(value instanceof List<?> items) || items.size() > mostItems) {
                return Optional.of("be a list of at most " + mostItems + " texts");
            }
            return items.stream().allMatch(this::fits)
                    ? Optional.empty()
                    : Optional.of("hold only texts of 1 to " + most + " characters");
        }

        private boolean fits(Object item) {
            return item instanceof String text && !text.isBlank() && text.length() <= most;
        }
    }

    /// A duration in whole seconds; optional.
    ///
    /// @param usual when it is not given
    /// @param most that may be given; the least is 1
    record Seconds(String name, long usual, long most, String description) implements Parameter {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Map<String, Object> schema() {
            return typed("integer", description, "minimum", 1, "maximum", most, "default", usual);
        }

        @Override
        public Optional<String> complaint(Object value) {
            return value instanceof Number number
                            && number.doubleValue() == Math.rint(number.doubleValue())
                            && number.doubleValue() >= 1
                            && number.doubleValue() <= most
                    ? Optional.empty()
                    : Optional.of("be a whole number of seconds from 1 to " + most);
        }
    }

    /// How many of something there are; optional.
    record Count(String name, String description) implements Parameter {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Map<String, Object> schema() {
            return typed("integer", description, "minimum", 0);
        }

        @Override
        public Optional<String> complaint(Object value) {
            return value instanceof Number number
                            && number.doubleValue() == Math.rint(number.doubleValue())
                            && number.doubleValue() >= 0
                    ? Optional.empty()
                    : Optional.of("be a whole number, 0 or more");
        }
    }

    /// A yes or no; optional.
    ///
    /// @param usual when it is not given
    record Flag(String name, boolean usual, String description) implements Parameter {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Map<String, Object> schema() {
            return typed("boolean", description, "default", usual);
        }

        @Override
        public Optional<String> complaint(Object value) {
            return value instanceof Boolean ? Optional.empty() : Optional.of("be true or false");
        }
    }

    private static Map<String, Object> typed(String type, String description, Object... more) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        for (int i = 0; i < more.length; i += 2) {
            schema.put((String) more[i], more[i + 1]);
        }
        return schema;
    }
}
