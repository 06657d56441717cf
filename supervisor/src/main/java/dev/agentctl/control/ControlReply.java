package dev.agentctl.control;

import java.util.List;
import java.util.Optional;

/// What the supervisor answers.
public sealed interface ControlReply {
    /// Answers [ControlRequest.Status].
    ///
    /// @param notices one line each of what is wrong beside the sessions: a chat that is refused, a taken port
    record Report(
            RoleProcess supervisor, Optional<RoleProcess> host, List<SessionReport> sessions, List<String> notices)
            implements ControlReply {}

    /// A process of ours.
    record RoleProcess(long pid, String version) {}

    /// What came of a request for each project it named.
    record Outcomes(List<Outcome> outcomes) implements ControlReply {}

    /// What came of a request for one project.
    ///
    /// @param project empty where it concerns the whole
    /// @param message one line for the person
    record Outcome(String project, ExitCode code, String message) {}

    /// Answers [ControlRequest.ListPrompts].
    record Prompts(List<PromptReport> prompts) implements ControlReply {}

    record Text(String text) implements ControlReply {}

    /// Answers [ControlRequest.Transcript]; empty where nothing was said yet, or the agent keeps none.
    record TranscriptFile(Optional<String> path) implements ControlReply {}

    /// The goal of [ControlRequest.Wait] is reached.
    ///
    /// @param seen the line with the text that was waited for, else empty
    /// @param exitStatus of the child whose end was waited for; empty where it is not known or nobody asked
    record Reached(String state, String evidence, String seen, Optional<String> exitStatus) implements ControlReply {}

    /// Not within the time of [ControlRequest.Wait].
    ///
    /// @param goal what to wait for if waiting is to go on
    record NotYet(String state, String evidence, WaitGoal goal) implements ControlReply {}

    /// Answers [ControlRequest.AwaitDelivery].
    ///
    /// @param message empty where the queue has never had it: a waiting call of the agent took it at once
    /// @param over whether nothing more comes of it by itself
    /// @param state the session's
    record Delivered(Optional<MessageReport> message, boolean over, String state, String evidence)
            implements ControlReply {}

    /// A screen as bytes.
    ///
    /// @param offset the log's offset after the last byte that it stands for; `sequence` the next mark
    record Painted(long offset, long sequence, int columns, int rows, byte[] bytes) implements ControlReply {}

    /// Not done: why, in one line, with what to do next.
    record Refused(ExitCode code, String message) implements ControlReply {}

    /// A message shown at the console: an agent's words, an answer to a command.
    ///
    /// @param session whose it is, where it is one session's
    /// @param kind `question`, `final`, `reply` or `status`
    /// @param text Markdown
    record Said(Optional<String> session, String kind, String text) implements ControlReply {}

    /// All that a console line caused at once has been said.
    record LineDone() implements ControlReply {}
}
