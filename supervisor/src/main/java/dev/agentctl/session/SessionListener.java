package dev.agentctl.session;

import dev.agentctl.agent.Limit;
import dev.agentctl.session.Message.Stage;
import java.time.Instant;
import java.util.Optional;

/// Who is told what happens in sessions. Called on the sessions' own threads: store and return.
public interface SessionListener {
    void noticed(String session, Effect.Notice notice);

    /// A dialog is open in the session's terminal.
    void waiting(String session, String what);

    /// The agent took a prompt: a turn begins.
    default void turnBegan(String session) {}

    /// In the turn that goes on a tool is used.
    ///
    /// @param tool its name and what it is used on, in one line
    default void toolBegan(String session, String tool) {}

    /// A turn ended with these words.
    ///
    /// @param key the same for a repeated report of the same turn
    void turnEnded(String session, String key, String answer);

    /// A turn ended in an error of the model's side.
    void turnFailed(String session, String key, String reason);

    /// A turn ended because the model's side refuses to go on, and will for longer; messages wait.
    ///
    /// @param until when that ends, where it was told
    void limited(String session, String key, String reason, Limit limit, Optional<Instant> until);

    /// A message has come further.
    ///
    /// @param evidence for `accepted`: what proved it; for `uncertain`: what was seen instead
    void advanced(Message message, Stage stage, Optional<String> evidence);
}
