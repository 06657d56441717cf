package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostLink;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.TokenReading;
import dev.agentctl.wire.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Tells how the sessions are, and who supervises them.
///
/// @param notices what is wrong beside the sessions
record StatusDesk(Sessions sessions, HostLink host, Supplier<List<String>> notices) {
    /// How long it waits for transcripts to be read.
    private static final Duration TOKENS = Duration.ofMillis(500);

    /// @param project the one that is meant, which is there; all where empty
    ControlReply report(Optional<String> project) {
        // begun for all, so that many take no longer than one
        List<Counting> asked = sessions.all().stream()
                .filter(session -> project.isEmpty() || session.name().equals(project.get()))
                .map(session -> new Counting(session, session.countTokens()))
                .toList();
        long deadline = System.nanoTime() + TOKENS.toNanos();
        Optional<Map<String, Long>> lost = sessions.lostBytes();
        List<SessionReport> reports = asked.stream()
                .map(each -> report(each, lost(lost, each.session), project.isPresent(), deadline))
                .toList();
        return new ControlReply.Report(
                new ControlReply.RoleProcess(ProcessHandle.current().pid(), Version.text()),
                host.host().map(greeting -> new ControlReply.RoleProcess(greeting.pid(), greeting.version())),
                reports,
                notices.get());
    }

    /// A session whose tokens are being counted.
    private record Counting(Session session, TokenReading tokens) {}

    private static OptionalLong lost(Optional<Map<String, Long>> lost, Session session) {
        return lost.isPresent() ? OptionalLong.of(lost.get().getOrDefault(session.name(), 0L)) : OptionalLong.empty();
    }

    /// @param messages whether they are asked for
    /// @param deadline how long a transcript may be read, in nanoseconds
    private SessionReport report(Counting asked, OptionalLong lostBytes, boolean messages, long deadline) {
        Session session = asked.session;
        Duration patience = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        SessionView view = session.view();
        return new SessionReport(
                view.name(),
                view.project().agent().word(),
                view.project().directory().toString(),
                view.model().desired().word(),
                view.state().word(),
                session.evidence(),
                view.model().since().toEpochMilli(),
                view.state().childPid(),
                view.model().restarts(),
                view.memory().conversation(),
                sessions.queued(view.name()),
                lostBytes,
                asked.tokens.within(patience).map(Tokens::report),
                messages ? Deliveries.of(sessions, view.name(), Instant.now()) : List.of());
    }
}
