package dev.agentctl.chat;

import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a session and forgets it.
public final class Deletion {
    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final long STOP_SECONDS = 60;

    private final Sessions sessions;
    private final Post post;

    public Deletion(Sessions sessions, Post post) {
        this.sessions = sessions;
        this.post = post;
    }

    /// Deletes a session in the background and tells what came of it.
    void begin(Session session) {
        String name = session.name();
        Thread.ofVirtual().name("delete " + name).start(() -> report(name, session));
    }

    private void report(String name, Session session) {
        String result = delete(session)
                .map(why -> "⚠ `" + name + "` was not deleted: " + why)
                .orElse("🗑 deleted");
        post.send(
                new Outgoing.Text(Outgoing.Kind.FINAL, Optional.empty(), Optional.of(name), result, Optional.empty()));
    }

    /// Stops and deletes; says why not, if it could not.
    public Optional<String> delete(Session session) {
        // what is written now would be forgotten unread
        if (!sessions.leave(session)) {
            return Optional.of("it is being deleted already");
        }
        try {
            sessions.stop(session);
            var _ = session.when(view -> view.state() instanceof SessionState.Stopped)
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
            sessions.delete(session);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return Optional.of("it did not stop within " + STOP_SECONDS + " s");
        } catch (ExecutionException e) {
            LOG.warn("cannot delete {}", session.name(), e);
            return Optional.of("it could not be stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the supervisor is stopping");
        } finally {
            sessions.stay(session);
        }
    }
}
