package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.tools.CallJournal.OpenedSession;
import org.junit.jupiter.api.Test;

class BoundSessionsTest {
    private static final Caller A = new Caller("project-a", 1);

    private final BoundSessions sessions = new BoundSessions(new MemoryJournal());

    @Test
    void aRestartedChildDoesNotInheritTheSessionsOfTheOldOne() {
        sessions.bind(new OpenedSession("s", A, "{}"));
        assertThat(sessions.inner("s", A)).isPresent();
        assertThat(sessions.inner("s", new Caller("project-a", 2))).isEmpty();
    }

    @Test
    void theSessionUsedLongestAgoIsForgottenFirst() {
        for (int i = 0; i < BoundSessions.MOST_OF_A_CALLER; i++) {
            sessions.bind(new OpenedSession("s" + i, A, "{}"));
        }
        assertThat(sessions.inner("s0", A)).isPresent();
        sessions.bind(new OpenedSession("new", A, "{}"));
        assertThat(sessions.inner("s0", A)).isPresent();
        assertThat(sessions.inner("s1", A)).isEmpty();
        assertThat(sessions.inner("new", A)).isPresent();
    }

    @Test
    void allCallersTogetherAreBounded() {
        for (int i = 0; i <= BoundSessions.MOST; i++) {
            sessions.bind(new OpenedSession("s" + i, new Caller("project", i), "{}"));
        }
        assertThat(sessions.inner("s0", new Caller("project", 0))).isEmpty();
        assertThat(sessions.inner("s1", new Caller("project", 1))).isPresent();
    }
}
