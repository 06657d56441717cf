package dev.agentctl.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, checked against the tool's parameters.
final class Arguments {
    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /// What reading came to.
    sealed interface Reading {
        /// They are as the contract says.
        record Good(Arguments arguments) implements Reading {}

        /// They are not, and nothing may be done with them.
        ///
        /// @param complaint one line that says what to change
        record Bad(String complaint) implements Reading {}
    }

    /// A `null` counts as not given: some clients send it for what the model left out.
    ///
    /// @param names that agents know the arguments by
    static Reading read(Contract contract, ToolNames names, Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> values = new HashMap<>();
        List<String> complaints = new ArrayList<>();
        for (Parameter parameter : contract.parameters()) {
            String name = names.argument(contract.name(), parameter.name());
            Object value = given.get(name);
            if (value != null) {
                parameter.complaint(value).ifPresent(wrong -> complaints.add(name + " must " + wrong));
                values.put(parameter.name(), value);
            } else if (parameter.required()) {
                complaints.add(name + " is missing");
            }
        }
        List<String> known = contract.parameters().stream()
                .map(parameter -> names.argument(contract.name(), parameter.name()))
                .toList();
        if (!known.containsAll(given.keySet())) {
            complaints.add(
                    known.isEmpty() ? "it takes no arguments" : "the only arguments are " + String.join(", ", known));
        }
        return complaints.isEmpty()
                ? new Reading.Good(new Arguments(values))
                : new Reading.Bad(String.join("; ", complaints));
    }

    /// A required text.
    String text(Parameter.Text parameter) {
        return optionalText(parameter).orElseThrow(() -> new IllegalStateException(parameter + " is not required"));
    }

    /// A text that was given and is not blank.
    Optional<String> optionalText(Parameter.Text parameter) {
        return values.get(parameter.name()) instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    List<String> texts(Parameter.Texts parameter) {
        return values.get(parameter.name()) instanceof List<?> items
                ? items.stream().map(String.class::cast).toList()
                : List.of();
    }

    Duration seconds(Parameter.Seconds parameter) {
        return Duration.ofSeconds(
                values.get(parameter.name()) instanceof Number number ? number.longValue() : parameter.usual());
    }

    /// A number that was given.
    Optional<Long> count(Parameter.Count parameter) {
        return values.get(parameter.name()) instanceof Number number
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    boolean flag(Parameter.Flag parameter) {
        return values.get(parameter.name()) instanceof Boolean given ? given : parameter.usual();
    }
}
