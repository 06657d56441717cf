package dev.agentctl.project;

import java.util.List;

/// What reading a configuration came to.
public sealed interface ConfigurationResult {
    /// It can be used.
    ///
    /// @param warnings one line each: what is allowed but probably not meant
    record Valid(Configuration configuration, List<String> warnings) implements ConfigurationResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// It cannot; nothing of it may be applied.
    ///
    /// @param problems all that were found, in the order of the files' lines; never empty
    record Invalid(List<Problem> problems) implements ConfigurationResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
