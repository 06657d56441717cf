package dev.agentctl.agent;

import java.util.List;

/// A dialog that an agent opens in its terminal and that its hook hands over, to be decided elsewhere as well.
///
/// @param title in one line, for a state's evidence
/// @param use which use of a tool it is about; the same in the hook that reports the tool's end
public record Dialog(String title, String use, Matter matter) {

    /// What is asked.
    public sealed interface Matter {
        /// May this tool be used in this way?
        ///
        /// @param exhibits all that the tool is given
        /// @param always what the agent itself offers to allow from now on, in its order
        record Approval(String tool, List<Exhibit> exhibits, List<String> always) implements Matter {
            public Approval {
                exhibits = List.copyOf(exhibits);
                always = List.copyOf(always);
            }
        }

        /// Which of these?
        record Questions(List<Asked> questions) implements Matter {
            public Questions {
                questions = List.copyOf(questions);
            }
        }

        /// May it go on as planned?
        record Plan(String text) implements Matter {}
    }

    /// A part of what a tool is given.
    ///
    /// @param label what it is, such as `command`
    /// @param language for its colours: `sh`, `diff`; empty for none
    public record Exhibit(String label, String language, String text) {}

    /// One question of an agent.
    public record Asked(String question, List<Option> options, boolean several) {
        public Asked {
            options = List.copyOf(options);
        }
    }

    public record Option(String label, String description) {}
}
