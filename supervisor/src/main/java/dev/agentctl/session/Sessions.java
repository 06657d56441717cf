package dev.agentctl.session;

import dev.agentctl.agent.Prompt;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.Project;
import dev.agentctl.tools.HookCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// All sessions of the supervisor, by the name of their project. Any thread may call.
public final class Sessions implements HostLink.Watcher, AutoCloseable {
    /// Nobody who only looks waits longer for the host.
    private static final long LOOK_MILLIS = 500;

    /// Before a typed message is held to be unproven, which is after 5 s.
    private static final long KEPT_HOOKS_SECONDS = 2;

    private final Surroundings around;
    private final Waiters waiters;
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<String, Session> sessions = new ConcurrentSkipListMap<>();
    /// Of projects that are configured no more, whose child still runs.
    private final Set<String> removed = ConcurrentHashMap.newKeySet();

    private volatile List<HostedSession> strays = List.of();
    private @Nullable ScheduledFuture<?> keptHooks;

    public Sessions(Surroundings around, Waiters waiters) {
        this.around = around;
        this.waiters = waiters;
    }

    /// Makes a session of every project, and takes up what is remembered. Children are touched only when the host is
    /// connected.
    public void load(List<Project> projects) {
        Map<String, Memory> remembered = around.memory().all();
        for (Project project : projects) {
            add(project, remembered.getOrDefault(project.name(), Memory.BLANK));
        }
        keptHooks = around.timers()
                .scheduleWithFixedDelay(this::readKeptHooks, KEPT_HOOKS_SECONDS, KEPT_HOOKS_SECONDS, TimeUnit.SECONDS);
    }

    /// A hook whose last word we could not take, as when it found us too busy, has no successor that would bring it.
    private void readKeptHooks() {
        sessions.values().stream().filter(Session::hasKeptHooks).forEach(Session::readKeptHooks);
    }

    private void add(Project project, Memory memory) {
        sessions.put(project.name(), new Session(project, memory, around));
    }

    @Override
    public void connected(List<HostedSession> hosted) {
        Map<String, HostedSession> byName = new HashMap<>();
        hosted.forEach(session -> byName.put(session.name(), session));
        for (Session session : sessions.values()) {
            HostedSession there = byName.remove(session.name());
            if (there != null) {
                session.adopt(there);
            } else {
                session.absent();
            }
        }
        strays = byName.values().stream().filter(HostedSession::alive).toList();
    }

    /// Children in the host that are of no configured project, when it was last connected.
    public List<HostedSession> strays() {
        return strays;
    }

    @Override
    public void ended(HostReply.Ended ended) {
        Session session = sessions.get(ended.session());
        if (session != null) {
            session.post(new SessionEvent.ChildEnded(ended.generation(), ended.status()));
        }
    }

    @Override
    public void personTyped(HostReply.PersonTyped typed) {
        Session session = sessions.get(typed.session());
        if (session != null) {
            session.personTyped(typed.draft());
        }
    }

    @Override
    public void lost() {
        sessions.values().forEach(session -> session.post(new SessionEvent.HostLost()));
    }

    /// Starts what was up before, and what starts by itself and was not stopped by a person.
    public void autostart() {
        sessions.values().forEach(Session::autostart);
    }

    /// All, by name.
    public Collection<Session> all() {
        return sessions.values();
    }

    public Optional<Session> find(String name) {
        return Optional.ofNullable(sessions.get(name));
    }

    /// How many messages of a session wait to be typed or accepted.
    public int queued(String name) {
        return around.queue().waiting(name);
    }

    /// How much of the log of each session could not be kept though it should have been, where anything; empty where
    /// the host does not say so soon.
    public Optional<Map<String, Long>> lostBytes() {
        try {
            HostReply reply =
                    around.host().send(new HostRequest.ListSessions()).get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (reply instanceof HostReply.Sessions(List<HostedSession> hosted)) {
                Map<String, Long> lost = new HashMap<>();
                hosted.stream()
                        .filter(session -> session.lostBytes() > 0)
                        .forEach(session -> lost.put(session.name(), session.lostBytes()));
                return Optional.of(lost);
            }
        } catch (ExecutionException | TimeoutException _) {
            // the host is away or stopped, which is told elsewhere
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /// The messages of a session that wait to be typed or accepted, in their order.
    public List<Message> waiting(String name) {
        return around.queue().pending(name);
    }

    /// The newest messages of a session and what came of each, and those that wait.
    ///
    /// @param most of each of the two
    public List<Delivery> deliveries(String name, int most) {
        return around.queue().deliveries(name, most);
    }

    /// What came of the message that was sent with this key; empty where no queue has had it.
    public Optional<Delivery> delivery(String key) {
        return around.queue().delivery(key);
    }

    /// Withdraws what waits for a session and was not typed.
    ///
    /// @return how many messages
    public int withdraw(String name) {
        int withdrawn = withdrawAll(name);
        queueChanged(name);
        return withdrawn;
    }

    private int withdrawAll(String name) {
        List<Message> withdrawn = around.queue().withdrawAll(name);
        withdrawn.forEach(message -> around.listener().advanced(message, Message.Stage.WITHDRAWN, Optional.empty()));
        return withdrawn.size();
    }

    /// Messages have left a session's queue: whoever follows one looks again.
    public void queueChanged(String name) {
        find(name).ifPresent(Session::queueChanged);
    }

    public void start(Session session, boolean fresh) {
        session.post(new SessionEvent.StartAsked(fresh));
    }

    public void stop(Session session) {
        session.post(new SessionEvent.StopAsked());
    }

    /// Stops the child, but not what a person wants of the session: it is up again when the supervisor is.
    ///
    /// @return completes when it has been asked to end; it ends later
    public CompletableFuture<Boolean> suspend(Session session) {
        return session.suspend();
    }

    /// Kills what was asked to end and has not yet.
    public void hasten(Session session) {
        session.hasten();
    }

    public void restart(Session session) {
        session.post(new SessionEvent.RestartAsked());
    }

    /// Tries anew what the model's side refused, before its time.
    public void retry(Session session) {
        session.post(new SessionEvent.RetryAsked());
    }

    /// What became of a message.
    public sealed interface Sent {
        /// It answers what the agent asked.
        ///
        /// @param heard whether a tool call that waits has it
        record Answered(boolean heard) implements Sent {}

        /// It is in the queue; `repeated` when it was there before.
        record Queued(boolean repeated) implements Sent {}

        /// There was nothing left of it to type.
        record Empty() implements Sent {}

        /// It was not taken: the session is being deleted, and its queue with it.
        record Refused() implements Sent {}
    }

    /// Gives a message to a session: to the tool call that waits for one, else to its durable queue.
    ///
    /// @param key the same for a repeated request
    public Sent send(Session session, String text, Optional<Origin> origin, String key) {
        String safe = Prompt.safe(text);
        if (safe.isEmpty()) {
            return new Sent.Empty();
        }
        if (leaving.contains(session.name())) {
            return new Sent.Refused();
        }
        Waiters.Outcome answered = waiters.take(session.name(), text.strip(), origin, key);
        if (answered == Waiters.Outcome.TAKEN || answered == Waiters.Outcome.KEPT) {
            return new Sent.Answered(answered == Waiters.Outcome.TAKEN);
        }
        Optional<Message> added = around.queue().add(session.name(), safe, origin, key);
        added.ifPresent(message -> {
            around.listener().advanced(message, Message.Stage.STORED, Optional.empty());
            session.queueChanged();
        });
        return new Sent.Queued(added.isEmpty());
    }

    /// Answers a question of any session by its id.
    ///
    /// @param origin where the answer was written, which is told what became of it
    /// @param key the same for a repeated request
    public Waiters.Outcome answer(String question, String text, Optional<Origin> origin, String key) {
        return waiters.answer(question, text.strip(), origin, key);
    }

    /// Puts a message into a session's queue that answers nothing that the session asked a person.
    ///
    /// @param origin where it was written if it is a person's all the same
    /// @param key the same for a repeated request
    public void tell(Session session, String text, Optional<Origin> origin, String key) {
        around.queue().add(session.name(), Prompt.safe(text), origin, key).ifPresent(_ -> session.queueChanged());
    }

    /// Takes what an agent's hook says; completes when it is durable, and for a dialog when it is decided.
    public CompletableFuture<String> hook(String session, long generation, HookCall call) {
        Session known = sessions.get(session);
        return known == null ? CompletableFuture.completedFuture("{}") : known.hook(generation, call);
    }

    /// The session and generation that a token was given to. Constant time for each session.
    public Optional<SessionView> byToken(String token) {
        byte[] hash = Token.hash(token).getBytes(StandardCharsets.US_ASCII);
        SessionView found = null;
        for (Session session : sessions.values()) {
            SessionView view = session.view();
            if (MessageDigest.isEqual(view.memory().tokenHash().getBytes(StandardCharsets.US_ASCII), hash)) {
                found = view;
            }
        }
        return Optional.ofNullable(found);
    }

    /// From now on a session takes no message: it is to be deleted.
    ///
    /// @return false where it was so already
    public boolean leave(Session session) {
        return leaving.add(session.name());
    }

    /// Ends [#leave], after the deletion or without it.
    public void stay(Session session) {
        leaving.remove(session.name());
    }

    /// Forgets a stopped session: its conversation, its queue, its log. The project's folder is not touched.
    ///
    /// @throws IOException if the host could not delete the log; then nothing is forgotten
    public void delete(Session session) throws IOException, InterruptedException {
        String name = session.name();
        session.close();
        try {
            forget(name);
        } catch (IOException | InterruptedException e) {
            add(session.view().project(), session.view().memory());
            throw e;
        }
        int _ = withdrawAll(name);
        around.memory().forget(name);
        add(session.view().project(), Memory.BLANK);
    }

    private void forget(String name) throws IOException, InterruptedException {
        try {
            HostReply reply = around.host().send(new HostRequest.Forget(name)).get(10, TimeUnit.SECONDS);
            if (reply instanceof HostReply.Refused refused) {
                throw new IOException(refused.reason());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the host did not delete the log of " + name, e);
        }
    }

    /// Follows a new configuration: new projects become sessions, changed ones take what they can while they run.
    public void reconfigure(Configuration next) {
        Map<String, Memory> remembered = around.memory().all();
        for (Project project : next.projects()) {
            removed.remove(project.name());
            Session session = sessions.get(project.name());
            if (session == null) {
                add(project, remembered.getOrDefault(project.name(), Memory.BLANK));
            } else if (session.view().project().agent() != project.agent()) {
                replace(session, project);
            } else {
                session.reconfigure(project);
            }
        }
    }

    /// Another kind of agent needs another session; only one without a child can be exchanged.
    private void replace(Session session, Project project) {
        if (session.view().state().childPid() == 0) {
            session.close();
            around.memory().forget(project.name());
            add(project, Memory.BLANK);
        }
    }

    /// Takes a removed project's session out.
    ///
    /// @return whether it is gone; else it goes when its child has ended, unless it is configured again by then
    public boolean remove(String name) {
        Session session = sessions.get(name);
        if (session == null) {
            return false;
        }
        removed.add(name);
        if (hasNoChild(session.view())) {
            drop(session);
            return true;
        }
        // not on its own thread, which ends with it
        var _ = session.when(Sessions::hasNoChild).thenRunAsync(() -> drop(session), Thread::startVirtualThread);
        return false;
    }

    private static boolean hasNoChild(SessionView view) {
        return switch (view.state()) {
            case SessionState.Stopped _, SessionState.Exited _, SessionState.Failed _, SessionState.Backoff _ -> true;
            case SessionState.Starting _, SessionState.Running _, SessionState.Stopping _ -> false;
        };
    }

    private void drop(Session session) {
        if (removed.remove(session.name())) {
            sessions.remove(session.name());
            session.close();
        }
    }

    /// Lets go of all sessions; their children run on.
    @Override
    public void close() {
        ScheduledFuture<?> reading = keptHooks;
        if (reading != null) {
            reading.cancel(false);
        }
        sessions.values().forEach(Session::close);
    }
}
