package dev.agentctl.control;

import java.util.List;
import java.util.Optional;

/// What the command line asks of the supervisor. Each gets one [ControlReply]; [OpenConsole] turns the connection
/// into a chat.
public sealed interface ControlRequest {
    /// The state of one project or of all.
    record Status(Optional<String> project) implements ControlRequest {}

    /// The same as the text that `status` prints, for a client that is not Java.
    record PrintStatus(Optional<String> project, boolean json) implements ControlRequest {}

    /// Starts projects; none named means all. `fresh` begins a new conversation instead of resuming.
    record Start(List<String> projects, boolean fresh) implements ControlRequest {}

    /// Stops projects and answers when they have ended; none named means all.
    record Stop(List<String> projects) implements ControlRequest {}

    record Restart(List<String> projects) implements ControlRequest {}

    /// Puts a message into a session's queue.
    ///
    /// @param key makes a repeated request have the effect of one
    record Send(String project, String text, String key) implements ControlRequest {}

    /// Waits until a message has come further than it was seen.
    ///
    /// @param key that it was sent with
    /// @param seen its stage that is known already; empty: none
    record AwaitDelivery(String project, String key, String seen, long millis) implements ControlRequest {}

    /// The dialogs that wait for a decision, of one project or of all.
    record ListPrompts(Optional<String> project) implements ControlRequest {}

    /// Decides a dialog.
    record Decide(String prompt, PromptChoice choice) implements ControlRequest {}

    /// Presses keys, by tmux's names, in a session's terminal, whatever its state.
    record Keys(String project, List<String> keys) implements ControlRequest {}

    /// Where the agent itself keeps the session's conversation.
    record Transcript(String project) implements ControlRequest {}

    /// Waits until a session is as wanted: [ControlReply.Reached], or [ControlReply.NotYet] when the time has passed.
    record Wait(String project, WaitGoal goal, long millis) implements ControlRequest {}

    /// Types bytes into a session's terminal as they are, each element in one piece.
    record TypeBytes(String project, List<byte[]> pieces) implements ControlRequest {}

    /// The screen as text, with colours when `ansi`.
    record ShowScreen(String project, boolean ansi) implements ControlRequest {}

    /// The screen as the bytes that draw it, and the offset of the log that it stands for.
    record Redraw(String project, int historyLines) implements ControlRequest {}

    /// Reads the configuration again. `apply` also restarts the sessions whose change needs it.
    record Reload(boolean apply) implements ControlRequest {}

    /// The file that [Reload] reads. Answered by a [ControlReply.Text].
    record ShowConfiguration() implements ControlRequest {}

    /// Stops a session and forgets its conversation, queue and log. The project's folder is not touched.
    record Delete(String project) implements ControlRequest {}

    /// The newest entries of the audit.
    record ShowAudit(int entries) implements ControlRequest {}

    /// A code that lets its first user join the chat in this role.
    record Invite(String role) implements ControlRequest {}

    /// Who joined by a code.
    record ListMembers() implements ControlRequest {}

    /// Puts out one who joined by a code.
    record RemoveMember(String user) implements ControlRequest {}

    /// Ends the supervisor, and the agents and the host too unless `keepAgents`.
    record Down(boolean keepAgents) implements ControlRequest {}

    /// Lets an MCP client outside of the session's terminal use the project's tools. Answered by a [ControlReply.Text]:
    /// the tools' port and a token.
    record OpenTools(String project) implements ControlRequest {}

    /// Makes a token for an operator's own MCP client. Answered by a [ControlReply.Text]: the token, which is
    /// shown once, and on a second line what is still missing, if anything is.
    ///
    /// @param scope `read` or `write`
    /// @param project the only one that it reaches; empty: all
    /// @param seconds how long it holds; 0: until it is revoked
    record CreateToken(String name, String scope, Optional<String> project, long seconds) implements ControlRequest {}

    /// Tokens of operators' own MCP clients, without their secrets.
    record ListTokens() implements ControlRequest {}

    record RevokeToken(String name) implements ControlRequest {}

    /// Opens the console chat: [ConsoleLine] one way, [ControlReply.Said] the other, until either side closes.
    record OpenConsole() implements ControlRequest {}

    /// What the person typed at the console. Answered by [ControlReply.Said]s, then one [ControlReply.LineDone].
    record ConsoleLine(String line) implements ControlRequest {}
}
