package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundSessionsTest {
    private static final Caller A = new Caller("project-a", 1);

    private final BoundSessions sessions = new BoundSessions();

    @Test
    void aRestartedChildDoesNotInheritTheSessionsOfTheOldOne() {
        sessions.bind("s", A);
        assertThat(sessions.belongs("s", A)).isTrue();
        assertThat(sessions.belongs("s", new Caller("project-a", 2))).isFalse();
    }

    @Test
    void theSessionUsedLongestAgoIsForgottenFirst() {
        for (int i = 0; i < BoundSessions.MOST_OF_A_CALLER; i++) {
            sessions.bind("s" + i, A);
        }
        assertThat(sessions.belongs("s0", A)).isTrue();
        sessions.bind("new", A);
        assertThat(sessions.belongs("s0", A)).isTrue();
        assertThat(sessions.belongs("s1", A)).isFalse();
        assertThat(sessions.belongs("new", A)).isTrue();
    }

    @Test
    void allCallersTogetherAreBounded() {
        for (int i = 0; i <= BoundSessions.MOST; i++) {
            sessions.bind("s" + i, new Caller("project", i));
        }
        assertThat(sessions.belongs("s0", new Caller("project", 0))).isFalse();
        assertThat(sessions.belongs("s1", new Caller("project", 1))).isTrue();
    }
}
