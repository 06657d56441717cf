package dev.agentctl.daemon;

import dev.agentctl.chat.Deletion;
import dev.agentctl.chat.Role;
import dev.agentctl.console.ConsoleChat;
import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.KeyNames;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.SessionReport;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReply;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.TokenReading;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Members;
import dev.agentctl.store.StoreException;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.terminal.KeyboardModes;
import dev.agentctl.wire.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the command line.
///
/// @param tools where the tools are and what opens them for a session's client
/// @param notices what is wrong beside the sessions
/// @param reload reads the configuration again; the flag asks for restarts
/// @param down ends the supervisor; the flag keeps the agents
record ControlDesk(
        Sessions sessions,
        HostLink host,
        ConsoleChat consoleChat,
        Deletion deletion,
        PromptAnswers prompts,
        Function<Session, String> tools,
        Audit audit,
        Members members,
        RemoteSide remote,
        Supplier<List<String>> notices,
        Function<Boolean, ControlReply> reload,
        Function<Boolean, ControlReply> down)
        implements ControlServer.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);
    /// How long `status` waits for transcripts to be read.
    private static final Duration TOKENS = Duration.ofMillis(500);

    private static final long START_SECONDS = 20;
    private static final long KILL_SECONDS = 20;

    @Override
    public ControlReply answer(ControlRequest request) {
        ControlReply reply = answered(request);
        new CommandAudit(audit).note(request, reply);
        return reply;
    }

    /// Answers somebody who is not at the command line and keeps an audit of their own.
    ControlReply answered(ControlRequest request) {
        try {
            return named(act(request));
        } catch (StoreException e) {
            return new ControlReply.Refused(ExitCode.ERROR, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a request of the command line failed", e);
            return new ControlReply.Refused(ExitCode.ERROR, "the supervisor failed: " + e + "; see its log");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new ControlReply.Refused(ExitCode.UNREACHABLE, "the supervisor is stopping");
        }
    }

    /// Each line says which project it speaks of.
    private static ControlReply named(ControlReply reply) {
        return reply instanceof ControlReply.Outcomes outcomes
                ? new ControlReply.Outcomes(
                        outcomes.outcomes().stream().map(ControlDesk::named).toList())
                : reply;
    }

    private static Outcome named(Outcome outcome) {
        return outcome.project().isEmpty()
                ? outcome
                : new Outcome(outcome.project(), outcome.code(), outcome.project() + ": " + outcome.message());
    }

    private ControlReply act(ControlRequest request) throws InterruptedException {
        return switch (request) {
            case ControlRequest.Status(Optional<String> project) -> status(project);
            case ControlRequest.Start(List<String> names, boolean fresh) ->
                each(names, session -> start(session, fresh));
            case ControlRequest.Stop(List<String> names) -> each(names, this::stop);
            case ControlRequest.Restart(List<String> names) -> each(names, this::restart);
            case ControlRequest.Send(String name, String text, String key) ->
                one(name, session -> send(session, text, key));
            case ControlRequest.AwaitDelivery(String name, String key, String seen, long millis) ->
                one(name, session -> new DeliveryWait(sessions, session, key, seen).await(millis));
            case ControlRequest.ListPrompts(Optional<String> project) -> prompts.list(sessions, project);
            case ControlRequest.Decide(String prompt, PromptChoice choice) -> prompts.decide(prompt, choice);
            case ControlRequest.Keys(String name, List<String> keys) -> one(name, session -> press(session, keys));
            case ControlRequest.Transcript(String name) ->
                one(
                        name,
                        session -> new ControlReply.TranscriptFile(
                                session.view().memory().transcript()));
            case ControlRequest.Wait(String name, WaitGoal goal, long millis) ->
                one(name, session -> Waiting.on(session, goal, millis));
            case ControlRequest.TypeBytes(String name, List<byte[]> pieces) ->
                one(name, session -> type(session, pieces.stream()));
            case ControlRequest.ShowScreen(String name, boolean ansi) ->
                one(name, session -> {
                    var screen = session.look();
                    return new ControlReply.Text(ansi ? screen.ansi() : screen.text());
                });
            case ControlRequest.Redraw(String name, int lines) -> one(name, session -> redraw(session, lines));
            case ControlRequest.Reload(boolean apply) -> reload.apply(apply);
            case ControlRequest.Delete(String name) -> one(name, this::delete);
            case ControlRequest.OpenTools(String name) ->
                one(name, session -> new ControlReply.Text(tools.apply(session)));
            case ControlRequest.ShowAudit(int entries) -> new ControlReply.Text(audited(entries));
            case ControlRequest.Invite(String role) -> invite(role);
            case ControlRequest.ListMembers() -> new ControlReply.Text(membersText());
            case ControlRequest.RemoveMember(String user) ->
                members.remove(user)
                        ? new ControlReply.Text(user + " is out\n")
                        : new ControlReply.Refused(
                                ExitCode.ERROR,
                                "nobody of id " + user + " has joined by a code; see: agentctl pair --list");
            case ControlRequest.CreateToken(String name, String scope, Optional<String> project, long seconds) -> {
                Optional<String> unknown =
                        project.filter(one -> sessions.find(one).isEmpty());
                yield unknown.isPresent() ? noSuch(unknown.get()) : remote.create(name, scope, project, seconds);
            }
            case ControlRequest.ListTokens() -> remote.list();
            case ControlRequest.RevokeToken(String name) -> remote.revoke(name);
            case ControlRequest.Down(boolean keepAgents) -> down.apply(keepAgents);
            case ControlRequest.OpenConsole _, ControlRequest.ConsoleLine _ ->
                new ControlReply.Refused(ExitCode.ERROR, "a console line came without a console");
        };
    }

    private ControlReply status(Optional<String> project) {
        if (project.isPresent() && sessions.find(project.get()).isEmpty()) {
            return noSuch(project.get());
        }
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

    private static ControlReply noSuch(String name) {
        return new ControlReply.Refused(
                ExitCode.NO_SUCH_PROJECT, "no project '" + name + "'; agentctl status lists them");
    }

    /// What is done with one session and answers for itself.
    private interface Action {
        ControlReply act(Session session) throws InterruptedException;
    }

    private ControlReply one(String name, Action action) throws InterruptedException {
        Optional<Session> session = sessions.find(name);
        return session.isPresent() ? action.act(session.get()) : noSuch(name);
    }

    /// Begins it with all, then waits for each, so that many take no longer than one.
    private ControlReply each(List<String> names, Function<Session, CompletableFuture<Outcome>> action)
            throws InterruptedException {
        List<CompletableFuture<Outcome>> begun = new ArrayList<>();
        List<String> wanted =
                names.isEmpty() ? sessions.all().stream().map(Session::name).toList() : names;
        for (String name : wanted) {
            Optional<Session> session = sessions.find(name);
            begun.add(
                    session.isPresent()
                            ? action.apply(session.get())
                            : CompletableFuture.completedFuture(
                                    new Outcome(name, ExitCode.NO_SUCH_PROJECT, "no such project")));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (CompletableFuture<Outcome> outcome : begun) {
            outcomes.add(outcome.join());
        }
        return new ControlReply.Outcomes(outcomes);
    }

    private CompletableFuture<Outcome> start(Session session, boolean fresh) {
        SessionView before = session.view();
        // a start that is under way already, as at the supervisor's own, is the one to wait for
        boolean underWay = before.state() instanceof SessionState.Starting;
        if (before.state() instanceof SessionState.Running
                || (underWay && before.state().childPid() != 0)) {
            String word = before.state().word();
            String words = "already running" + (word.equals("running") ? "" : " (" + word + ")");
            return CompletableFuture.completedFuture(new Outcome(session.name(), ExitCode.OK, words));
        }
        sessions.start(session, fresh);
        return begun(session, before.model().generation() - (underWay ? 1 : 0));
    }

    private CompletableFuture<Outcome> restart(Session session) {
        long before = session.view().model().generation();
        sessions.restart(session);
        return begun(session, before);
    }

    private CompletableFuture<Outcome> begun(Session session, long before) {
        return outcome(
                session,
                view -> view.model().generation() > before && decided(view.state()),
                START_SECONDS + session.view().project().stopTimeout().toSeconds(),
                view -> switch (view.state()) {
                    case SessionState.Failed(String reason) ->
                        new Outcome(view.name(), ExitCode.ERROR, "failed: " + reason);
                    case SessionState.Backoff backoff ->
                        new Outcome(view.name(), ExitCode.ERROR, "crashed: " + backoff.cause());
                    case SessionState.Exited(int code) ->
                        new Outcome(view.name(), ExitCode.OK, "ended at once with exit status " + code);
                    case SessionState.Starting _,
                            SessionState.Running _,
                            SessionState.Stopping _,
                            SessionState.Stopped _ ->
                        new Outcome(
                                view.name(),
                                ExitCode.OK,
                                "started, process " + view.state().childPid());
                });
    }

    private static boolean decided(SessionState state) {
        return !(state instanceof SessionState.Starting) || state.childPid() != 0;
    }

    private CompletableFuture<Outcome> stop(Session session) {
        if (session.view().state() instanceof SessionState.Stopped) {
            sessions.stop(session);
            return CompletableFuture.completedFuture(new Outcome(session.name(), ExitCode.OK, "already stopped"));
        }
        sessions.stop(session);
        return outcome(
                session,
                view -> view.state() instanceof SessionState.Stopped,
                KILL_SECONDS + session.view().project().stopTimeout().toSeconds(),
                view -> new Outcome(view.name(), ExitCode.OK, "stopped"));
    }

    private static CompletableFuture<Outcome> outcome(
            Session session, Predicate<SessionView> wanted, long seconds, Function<SessionView, Outcome> words) {
        return session.when(wanted)
                .thenApply(words)
                .completeOnTimeout(
                        new Outcome(session.name(), ExitCode.TIMED_OUT, "not done after " + seconds + " s"),
                        seconds,
                        TimeUnit.SECONDS);
    }

    private ControlReply send(Session session, String text, String key) {
        return switch (sessions.send(session, text, Optional.empty(), key)) {
            case Sessions.Sent.Answered() -> done(session, "given to the agent's waiting call");
            case Sessions.Sent.Queued(boolean repeated) ->
                done(
                        session,
                        repeated
                                ? "was queued before"
                                : "stored; the session is "
                                        + session.view().state().word());
            case Sessions.Sent.Empty() ->
                new ControlReply.Refused(ExitCode.USAGE, "there is nothing in the message that could be typed");
        };
    }

    private static ControlReply press(Session session, List<String> keys) throws InterruptedException {
        for (String key : keys) {
            if (KeyNames.bytes(key, KeyboardModes.PLAIN).isEmpty()) {
                return new ControlReply.Refused(ExitCode.USAGE, "no key is called '" + key + "'; nothing was pressed");
            }
        }
        // a key may change how the program wants the next one
        return type(
                session,
                keys.stream().map(key -> KeyNames.bytes(key, session.keyboard()).orElseThrow()));
    }

    /// Each piece is one write: an escape sequence that arrives in pieces is taken for several keys.
    private static ControlReply type(Session session, Stream<byte[]> pieces) throws InterruptedException {
        if (session.view().state().childPid() == 0) {
            return notRunning(session);
        }
        try {
            for (Iterator<byte[]> next = pieces.iterator(); next.hasNext(); ) {
                HostReply reply = session.press(next.next()).get(START_SECONDS, TimeUnit.SECONDS);
                if (reply instanceof HostReply.Refused refused) {
                    return new ControlReply.Refused(ExitCode.ERROR, refused.reason());
                }
            }
            return done(session, "typed");
        } catch (ExecutionException | TimeoutException e) {
            return new ControlReply.Refused(ExitCode.ERROR, "the host did not take the keys: " + e.getMessage());
        }
    }

    private static ControlReply redraw(Session session, int lines) {
        Session.Painting painting = session.paint(lines);
        return new ControlReply.Painted(
                painting.offset(), painting.sequence(), painting.columns(), painting.rows(), painting.bytes());
    }

    private ControlReply delete(Session session) {
        Optional<String> why = deletion.delete(session);
        return why.isPresent() ? new ControlReply.Refused(ExitCode.ERROR, why.get()) : done(session, "deleted");
    }

    /// A line for each entry, the newest last, its fields between tabs.
    private String audited(int entries) {
        return audit.list(entries).reversed().stream()
                .map(entry -> String.join(
                        "\t",
                        Long.toString(entry.at().toEpochMilli()),
                        field(entry.chat()),
                        field(entry.user()),
                        field(entry.action()),
                        field(entry.outcome())))
                .collect(Collectors.joining("\n"));
    }

    private static String field(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private ControlReply invite(String word) {
        Optional<Role> role = Role.of(word);
        if (role.isEmpty()) {
            return new ControlReply.Refused(
                    ExitCode.USAGE, "no role is called '" + word + "'; say viewer, operator or owner");
        }
        return new ControlReply.Text(members.invite(TelegramChat.NAME, role.get()));
    }

    private String membersText() {
        return members.all().stream()
                .map(member -> member.user() + "\t" + member.role().word() + "\n")
                .collect(Collectors.joining());
    }

    private static ControlReply notRunning(Session session) {
        return new ControlReply.Refused(
                ExitCode.NOT_RUNNING,
                session.name() + " is " + session.view().state().word() + "; start it with: agentctl start "
                        + session.name());
    }

    private static ControlReply done(Session session, String message) {
        return new ControlReply.Outcomes(List.of(new Outcome(session.name(), ExitCode.OK, message)));
    }

    @Override
    public void console(ConsoleConnection console) throws IOException {
        consoleChat.serve(console);
    }
}
