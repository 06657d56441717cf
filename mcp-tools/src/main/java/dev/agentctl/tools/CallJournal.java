package dev.agentctl.tools;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the server must remember so that its clients notice nothing of a restart but a pause: their MCP sessions, and
/// the calls that wait. Any thread may call; what a method stored is on disk when it returns.
public interface CallJournal {
    /// For a server none of whose calls wait: its clients open their sessions anew after a restart.
    CallJournal NONE = new CallJournal() {
        @Override
        public void sessionOpened(OpenedSession session) {}

        @Override
        public Optional<OpenedSession> session(String id) {
            return Optional.empty();
        }

        @Override
        public void sessionClosed(String id) {}

        @Override
        public void callWaits(WaitingCall call) {}

        @Override
        public Optional<WaitingCall> call(String key) {
            return Optional.empty();
        }

        @Override
        public List<WaitingCall> calls(String mcpSession) {
            return List.of();
        }

        @Override
        public void callCancelled(String key) {}
    };

    /// An MCP session.
    ///
    /// @param id the client's
    /// @param initialize the message that opened it
    record OpenedSession(String id, Caller caller, String initialize) {}

    /// A call that began to wait.
    ///
    /// @param key begins the ids of its events, by which its client asks for the rest of them
    /// @param mcpSession the client's session id
    /// @param message the whole `tools/call`
    /// @param since when it began, for what is left of its timeout
    record WaitingCall(String key, Caller caller, String mcpSession, String message, Instant since) {}

    void sessionOpened(OpenedSession session);

    Optional<OpenedSession> session(String id);

    /// Its client, or we, have ended it.
    void sessionClosed(String id);

    /// It stays known after its answer, which may be lost on the way to the client.
    void callWaits(WaitingCall call);

    Optional<WaitingCall> call(String key);

    /// The newest of a session, as many as may wait at the same time or more.
    List<WaitingCall> calls(String mcpSession);

    /// Its client wants nothing of it any more.
    void callCancelled(String key);
}
