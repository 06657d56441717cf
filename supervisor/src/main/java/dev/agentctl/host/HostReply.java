package dev.agentctl.host;

import java.util.List;

/// What the host answers.
public sealed interface HostReply {
    record Spawned(long pid) implements HostReply {}

    record Done() implements HostReply {}

    /// It was not done. `reason` is one line; `permanent` when trying again without a person's help is useless.
    record Refused(String reason, boolean permanent) implements HostReply {}

    record Sessions(List<HostedSession> sessions) implements HostReply {}

    /// A child ended; its output is in the log.
    record Ended(String session, long generation, int status) implements HostReply {}

    /// Who else is attached: the answer to [HostRequest.Attach], and told again, as number 0, whenever it changes.
    record Attached(List<String> others) implements HostReply {}

    /// Sent to one who is attached: somebody else has taken the session over.
    record TakenOver(String session, String by) implements HostReply {}

    /// The host's program is about to be replaced by another one. Whoever is told sends [HostRequest.Hold] and then
    /// nothing, so that nothing is lost. All it has asked before is done and answered, then the connection breaks;
    /// it is to be made again, and the next program answers.
    record Replaced() implements HostReply {}

    /// Sent to those who watch, see [HostRequest.PersonTypes].
    record PersonTyped(String session, boolean draft) implements HostReply {}

    /// Oldest first.
    record Times(List<LogTime> times) implements HostReply {}

    /// A piece of a session's log.
    record Item(LogItem item) implements HostReply {}
}
