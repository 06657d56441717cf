package dev.agentctl.host;

import java.util.List;
import java.util.Map;

/// What a client asks of the host. Each but [Read] and [Watch] gets one [HostReply] of the same number.
public sealed interface HostRequest {
    /// Starts a child. Refused while the session's last child lives.
    ///
    /// @param generation the supervisor's number of this start, higher than any before
    record Spawn(
            String session,
            long generation,
            List<String> argv,
            String directory,
            Map<String, String> environment,
            int columns,
            int rows)
            implements HostRequest {}

    /// Writes to the terminal. Answered when the bytes are in the terminal, or could not be put there; not at all where
    /// it has the number 0.
    ///
    /// @param generation the child that is meant; 0: whichever lives
    record Input(String session, long generation, byte[] bytes) implements HostRequest {}

    record Resize(String session, int columns, int rows) implements HostRequest {
        /// A screen of the largest size takes the supervisor 12 MB, and no window is larger.
        public static final int MOST_COLUMNS = 1_000;

        public static final int MOST_ROWS = 500;
    }

    /// Sends a signal, by its name in [dev.agentctl.pty.Signal], to the child's process group.
    record SendSignal(String session, long generation, String signal) implements HostRequest {}

    record ListSessions() implements HostRequest {}

    /// Drops a session and its log. Refused while its child lives.
    record Forget(String session) implements HostRequest {}

    /// Turns this connection into a stream of the session's log from an offset.
    ///
    /// @param from the first offset; negative: that many bytes before the end
    /// @param sequence the first mark wanted; -1: those from the first offset on
    /// @param follow whether to wait for more at the end
    /// @param lingers whether it is sent some milliseconds after it came; a reader whom nobody watches leaves the
    ///     machine to those who wait for their echo
    record Read(String session, long from, long sequence, boolean follow, boolean lingers) implements HostRequest {
        /// Everything as soon as it comes.
        public Read(String session, long from, long sequence, boolean follow) {
            this(session, from, sequence, follow, false);
        }
    }

    /// Sends [HostReply.Ended] and [HostReply.PersonTyped] over this connection, as number 0, whenever it happens.
    record Watch() implements HostRequest {}

    /// A person's terminal is joined to the session for as long as this connection lives. Answered by
    /// [HostReply.Attached].
    ///
    /// @param who it is, for the others
    /// @param alone whether all others are to leave
    record Attach(String session, String who, boolean alone) implements HostRequest {}

    /// When the bytes of a session's log came.
    record Times(String session) implements HostRequest {}

    /// A person presses keys. Passed on to those who watch.
    ///
    /// @param draft whether they have left text in the composer that is not submitted, as far as keys tell
    record PersonTypes(String session, boolean draft) implements HostRequest {}

    /// Says that nothing more comes over this connection, in answer to [HostReply.Replaced]. Not answered.
    record Hold() implements HostRequest {}

    /// Ends the host. Its children get SIGHUP, as from any terminal that closes.
    record Shutdown() implements HostRequest {}
}
