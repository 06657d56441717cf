package dev.agentctl.daemon;

import dev.agentctl.chat.Deletion;
import dev.agentctl.cli.StatusText;
import dev.agentctl.console.ConsoleChat;
import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import dev.agentctl.store.Audit;
import dev.agentctl.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the command line.
///
/// @param tools where the tools are and what opens them for a session's client
/// @param file the configuration's
/// @param reload reads the configuration again; the flag asks for restarts
/// @param down ends the supervisor; the flag keeps the agents
record ControlDesk(
        Sessions sessions,
        StatusDesk status,
        Orders orders,
        ConsoleChat consoleChat,
        Deletion deletion,
        PromptAnswers prompts,
        Function<Session, String> tools,
        Audit audit,
        MemberDesk members,
        RemoteSide remote,
        Path file,
        Function<Boolean, ControlReply> reload,
        Function<Boolean, ControlReply> down)
        implements ControlServer.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);

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
            case ControlRequest.PrintStatus(Optional<String> project, boolean json) ->
                printed(status(project), project, json);
            case ControlRequest.Start(List<String> names, boolean fresh) ->
                each(names, session -> orders.start(session, fresh));
            case ControlRequest.Stop(List<String> names) -> each(names, orders::stop);
            case ControlRequest.Restart(List<String> names) -> each(names, orders::restart);
            case ControlRequest.Send(String name, String text, String key) ->
                one(name, session -> send(session, text, key));
            case ControlRequest.AwaitDelivery(String name, String key, String seen, long millis) ->
                one(name, session -> new DeliveryWait(sessions, session, key, seen).await(millis));
            case ControlRequest.ListPrompts(Optional<String> project) -> prompts.list(sessions, project);
            case ControlRequest.Decide(String prompt, PromptChoice choice) -> prompts.decide(prompt, choice);
            case ControlRequest.Keys(String name, List<String> keys) ->
                one(name, session -> KeyDesk.press(session, keys));
            case ControlRequest.Transcript(String name) ->
                one(
                        name,
                        session -> new ControlReply.TranscriptFile(
                                session.view().memory().transcript()));
            case ControlRequest.Wait(String name, WaitGoal goal, long millis) ->
                one(name, session -> Waiting.on(session, goal, millis));
            case ControlRequest.TypeBytes(String name, List<byte[]> pieces) ->
                one(name, session -> KeyDesk.type(session, pieces.stream()));
            case ControlRequest.ShowScreen(String name, boolean ansi) ->
                one(name, session -> {
                    var screen = session.look();
                    return new ControlReply.Text(ansi ? screen.ansi() : screen.text());
                });
            case ControlRequest.Redraw(String name, int lines) -> one(name, session -> redraw(session, lines));
            case ControlRequest.Reload(boolean apply) -> reload.apply(apply);
            case ControlRequest.ShowConfiguration() -> new ControlReply.Text(file.toString());
            case ControlRequest.Delete(String name) -> one(name, this::delete);
            case ControlRequest.OpenTools(String name) ->
                one(name, session -> new ControlReply.Text(tools.apply(session)));
            case ControlRequest.ShowAudit(int entries) ->
                new ControlReply.Text(new CommandAudit(audit).newest(entries));
            case ControlRequest.Invite(String role) -> members.invite(role);
            case ControlRequest.ListMembers() -> members.list();
            case ControlRequest.RemoveMember(String user) -> members.remove(user);
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
        return project.isPresent() && sessions.find(project.get()).isEmpty()
                ? noSuch(project.get())
                : status.report(project);
    }

    private static ControlReply printed(ControlReply status, Optional<String> project, boolean json) {
        return status instanceof ControlReply.Report report
                ? new ControlReply.Text(StatusText.of(report, project, json))
                : status;
    }

    private ControlReply noSuch(String name) {
        return new UnknownProject(sessions, name).refused();
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
        if (wanted.isEmpty()) {
            String line = "no project is configured in " + file + "; add one to it, then: agentctl reload";
            return new ControlReply.Outcomes(List.of(new Outcome("", ExitCode.OK, line)));
        }
        for (String name : wanted) {
            Optional<Session> session = sessions.find(name);
            begun.add(
                    session.isPresent()
                            ? action.apply(session.get())
                            : CompletableFuture.completedFuture(new UnknownProject(sessions, name).outcome()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (CompletableFuture<Outcome> outcome : begun) {
            outcomes.add(outcome.join());
        }
        return new ControlReply.Outcomes(outcomes);
    }

    private ControlReply send(Session session, String text, String key) {
        return switch (sessions.send(session, text, Optional.empty(), key)) {
            case Sessions.Sent.Answered(boolean heard) ->
                done(
                        session,
                        heard
                                ? "given to the agent's waiting call"
                                : "kept as the answer to its question, which no call waits for now");
            case Sessions.Sent.Queued(boolean repeated) ->
                done(
                        session,
                        repeated
                                ? "was queued before"
                                : "stored; the session is "
                                        + session.view().state().word());
            case Sessions.Sent.Refused() ->
                new ControlReply.Refused(ExitCode.CONFLICT, session.name() + " is being deleted; nothing was sent");
            case Sessions.Sent.Empty() ->
                new ControlReply.Refused(ExitCode.USAGE, "there is nothing in the message that could be typed");
        };
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

    private static ControlReply done(Session session, String message) {
        return new ControlReply.Outcomes(List.of(new Outcome(session.name(), ExitCode.OK, message)));
    }

    @Override
    public void console(ConsoleConnection console) throws IOException {
        consoleChat.serve(console);
    }
}
