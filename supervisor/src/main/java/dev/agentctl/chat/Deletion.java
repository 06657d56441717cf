package dev.agentctl.chat;

import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes a session in two steps: the first gives a code, the second, by the same person within a minute, acts.
public final class Deletion {
    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final Duration CODE_HOLDS = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 60;

    private final Sessions sessions;
    private final InstantSource clock;
    private final Post post;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Code> codes = new ConcurrentHashMap<>();

    private record Code(String digits, String user, Instant until) {}

    public Deletion(Sessions sessions, Post post, InstantSource clock) {
        this.sessions = sessions;
        this.post = post;
        this.clock = clock;
    }

    /// What to answer to a `/delete`, having begun it if the code is right.
    String step(Session session, String user, Optional<String> code) {
        String name = session.name();
        if (code.isEmpty()) {
            String digits = "%04d".formatted(random.nextInt(10_000));
            codes.put(name, new Code(digits, user, clock.instant().plus(CODE_HOLDS)));
            return "This stops `" + name + "` and forgets its conversation, queue and log; the project's folder stays."
                    + " To confirm, within 60 s: `/delete " + name + " " + digits + "`";
        }
        Code expected = codes.remove(name);
        boolean right = expected != null
                && expected.user.equals(user)
                && expected.digits.equals(code.get())
                && clock.instant().isBefore(expected.until);
        if (!right) {
            return "That code does not hold (any more). Begin again with `/delete " + name + "`";
        }
        Thread.ofVirtual().name("delete " + name).start(() -> report(name, session));
        return "Deleting `" + name + "`";
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
        }
    }
}
