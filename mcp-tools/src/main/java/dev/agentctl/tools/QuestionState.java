package dev.agentctl.tools;

/// How far a question has come. `Pending` may become `Answered` or `Expired`, once; those two are final.
public sealed interface QuestionState {
    /// The id it was asked for by.
    String id();

    /// The operator has not answered yet.
    record Pending(String id) implements QuestionState {}

    /// The operator's words.
    record Answered(String id, String answer) implements QuestionState {}

    /// Its time ran out without an answer.
    record Expired(String id) implements QuestionState {}

    /// This session never asked it.
    record Unknown(String id) implements QuestionState {}
}
