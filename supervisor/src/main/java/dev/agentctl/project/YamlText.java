package dev.agentctl.project;

/// A text as a configuration has it.
public final class YamlText {
    private YamlText() {}

    /// A double-quoted scalar, in which nothing is special but these, and a dollar sign to us.
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
    }
}
