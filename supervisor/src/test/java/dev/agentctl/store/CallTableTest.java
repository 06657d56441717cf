package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.tools.CallJournal.OpenedSession;
import dev.agentctl.tools.CallJournal.WaitingCall;
import dev.agentctl.tools.Caller;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions and waiting calls over a restart.
class CallTableTest {
    private static final Caller A = new Caller("a", 3);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Database open() {
        return Database.open(folder.resolve("state.db"));
    }

    private static CallTable table(Database database) {
        return new CallTable(database, InstantSource.fixed(NOW));
    }

    @Test
    void whatIsStoredIsThereInTheNextProcess() {
        OpenedSession session = new OpenedSession("s1", A, "{}");
        WaitingCall call = new WaitingCall("k1", A, "s1", "{\"id\":1}", NOW);
        try (Database database = open()) {
            table(database).sessionOpened(session);
            table(database).callWaits(call);
        }
        try (Database database = open()) {
            assertThat(table(database).session("s1")).contains(session);
            assertThat(table(database).call("k1")).contains(call);
            assertThat(table(database).session("s2")).isEmpty();
            assertThat(table(database).call("s1")).isEmpty();
        }
    }

    @Test
    void aCallThatWaitsAgainKeepsItsBeginning() {
        try (Database database = open()) {
            table(database).callWaits(new WaitingCall("k1", A, "s1", "{}", NOW));
            table(database).callWaits(new WaitingCall("k1", A, "s1", "{}", NOW.plusSeconds(9)));
            assertThat(table(database).call("k1").orElseThrow().since()).isEqualTo(NOW);
        }
    }

    @Test
    void theCallsOfASessionAreFoundUntilTheyAreCancelled() {
        try (Database database = open()) {
            CallTable table = table(database);
            WaitingCall older = new WaitingCall("k1", A, "s1", "{}", NOW);
            WaitingCall newer = new WaitingCall("k2", A, "s1", "{}", NOW.plusSeconds(1));
            table.callWaits(newer);
            table.callWaits(older);
            table.callWaits(new WaitingCall("k3", A, "s2", "{}", NOW));
            assertThat(table.calls("s1")).containsExactly(newer, older);
            table.callCancelled("k2");
            assertThat(table.calls("s1")).containsExactly(older);
            assertThat(table.call("k2")).isEmpty();
        }
    }

    @Test
    void whatIsClosedOrOldIsForgotten() {
        try (Database database = open()) {
            CallTable table = table(database);
            table.sessionOpened(new OpenedSession("s1", A, "{}"));
            table.sessionOpened(new OpenedSession("s2", A, "{}"));
            table.callWaits(new WaitingCall("k1", A, "s1", "{}", NOW));
            table.sessionClosed("s1");
            assertThat(table.session("s1")).isEmpty();
            table.trim(NOW);
            assertThat(table.session("s2")).isPresent();
            table.trim(NOW.plusSeconds(1));
            assertThat(table.session("s2")).isEmpty();
            assertThat(table.call("k1")).isEmpty();
        }
    }
}
