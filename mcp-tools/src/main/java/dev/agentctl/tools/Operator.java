package dev.agentctl.tools;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The way from an agent's tool call to its operator.
///
/// Every method may be called from any thread, and by many calls of one session at once. A method that returns
/// normally has kept its promise durably; one that cannot throws [OperatorUnavailable]. No method ever lets a
/// caller see or touch what belongs to another session.
public interface Operator {
    /// Stores a notice for the operator. It is on disk when this returns; delivery follows on its own.
    ///
    /// @throws OperatorUnavailable when it could not be stored
    void tell(Caller caller, Notice notice);

    /// As [#tell(Caller, Notice)], for a call that a client may repeat after a lost connection: an operator that
    /// remembers keys stores a repeated notice once.
    ///
    /// @param callKey as for [#ask]
    default void tell(Caller caller, Notice notice, String callKey) {
        tell(caller, notice);
    }

    /// Stores something for the operator to look at. Files are checked as those that the operator asks for: inside
    /// the project's folder after every link is resolved, and none that usually holds secrets.
    ///
    /// @param callKey as for [#ask]
    /// @throws OperatorUnavailable when it could not be stored
    Shown show(Caller caller, Enclosure enclosure, String callKey);

    /// Stores a question and shows it to the operator.
    ///
    /// @param callKey names the tool call. A client that repeats a call after a lost connection repeats its
    ///     key, and the same key of the same session gives the same question, asked once
    /// @return the question's short id, for [#look] and [#awaitAnswer]
    /// @throws OperatorUnavailable when it could not be stored
    String ask(Caller caller, Question question, String callKey);

    /// Where a question stands now; [QuestionState.Unknown] also for an id of another session.
    QuestionState look(Caller caller, String questionId);

    /// Completes once the question is answered, expired or unknown, or with [QuestionState.Pending] after `timeout`.
    /// Cancelling the future ends this wait, not the question.
    CompletableFuture<QuestionState> awaitAnswer(Caller caller, String questionId, Duration timeout);

    /// Completes with the operator's next message to this session, at once where one is queued already. Cancelling
    /// the future ends the wait; a message that nobody took stays queued.
    ///
    /// @param callKey as for [#ask]: a repeated call continues the wait it repeats and gets the reply that the lost
    ///     connection did not carry
    CompletableFuture<Reply> awaitReply(Caller caller, String callKey, Duration timeout);

    /// Takes back the reply that a call was given, or was about to be given: its client has not taken it, and will
    /// not. It goes to the session's next waiting call, or the way of any other message. Does nothing where there
    /// is none.
    ///
    /// @param callKey as given to [#awaitReply]
    void replyUntaken(Caller caller, String callKey);

    /// The client of a call that waited for the answer to a question, or was given it, has not taken it and will
    /// not. The answer, which may be still to come, goes as a message to the session, unless another call gets it
    /// first.
    void answerUntaken(Caller caller, String questionId);

    /// What the supervisor knows about the calling session at this moment.
    SessionContext context(Caller caller);
}
