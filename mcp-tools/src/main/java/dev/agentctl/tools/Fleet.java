package dev.agentctl.tools;

import java.util.List;
import java.util.Optional;

/// The way from an operator's own MCP client to all sessions. Who may use it is decided before. Any thread may call.
public interface Fleet {
    /// A session.
    ///
    /// @param state in the words of `agentctl status`, with its `evidence`
    /// @param queued messages that it has not taken yet
    record Member(
            String session, String agent, String directory, String state, String evidence, int queued, long restarts) {}

    /// Something that a session's agent waits for.
    ///
    /// @param id for [#answer]
    record Waiting(String id, String session, String text) {}

    /// What came of a request.
    ///
    /// @param words one line
    record Done(boolean done, String words) {}

    /// All, by name.
    List<Member> members();

    /// What the agents wait for, oldest first.
    List<Waiting> waiting();

    /// What a session's terminal shows, as text; empty where there is no such session.
    Optional<String> screen(String session);

    /// Puts a message into a session's queue, or gives it to what its agent waits for.
    ///
    /// @param callKey the same for a repeated call, which has the effect of one
    Done send(Guest guest, String session, String text, String callKey);

    /// Answers what an agent waits for.
    Done answer(Guest guest, String id, String text, String callKey);

    Done start(Guest guest, String session);

    Done stop(Guest guest, String session);
}
