package dev.agentctl.tools;

import java.util.Map;

/// What a tool answers its agent with.
sealed interface Outcome {
    String text();

    Map<String, Object> fields();

    /// The call did what it is for.
    ///
    /// @param fields the same as the text, as the contract's output says
    record Done(String text, Map<String, Object> fields) implements Outcome {
        public Done {
            fields = Map.copyOf(fields);
        }
    }

    /// It did not; the text says why and what to do next.
    ///
    /// @param fields what of it has a place in the contract's output; mostly nothing
    record Failed(String text, Map<String, Object> fields) implements Outcome {
        public Failed {
            fields = Map.copyOf(fields);
        }

        Failed(String text) {
            this(text, Map.of());
        }
    }

    /// What the tools answer with that only hand something over.
    static Done stored(String what) {
        return new Done("stored: " + what, Map.of("status", "stored"));
    }
}
