package dev.agentctl.testkit;

/// One piece of a conversation as an agent sent it to the model, the same for every API.
public sealed interface ModelItem {
    /// What a person reads of it.
    String text();

    /// Words of the user, without what the agent's own harness put around them.
    record User(String text) implements ModelItem {}

    /// Words that the agent's harness sent in the role of the user: reminders, what hooks added, the surroundings.
    record Harness(String text) implements ModelItem {}

    /// Words of the model in an earlier answer.
    record Model(String text) implements ModelItem {}

    /// A tool call that the model made; `text` is its input as JSON.
    record Call(String tool, String text) implements ModelItem {}

    /// What a tool returned.
    record Result(String text) implements ModelItem {}
}
