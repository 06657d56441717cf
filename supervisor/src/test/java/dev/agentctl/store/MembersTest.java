package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {
    private Instant now = Instant.parse("2026-01-31T08:00:00Z");

    @AutoClose
    private final Database database;

    private final Members members;

    MembersTest(@TempDir Path temporary) {
        database = Database.open(temporary.resolve("state.db"));
        members = new Members(database, () -> now);
    }

    /// Never the right one.
    private static String other(String code) {
        return code.substring(0, 7) + (char) ('0' + (code.charAt(7) - '0' + 1) % 10);
    }

    @Test
    void aCodeLetsOnePersonIn() {
        String code = members.invite("c", Role.VIEWER);
        assertThat(members.redeem("another chat", "ann", code)).isEmpty();
        assertThat(members.redeem("c", "ann", code)).contains(Role.VIEWER);
        assertThat(members.redeem("c", "bob", code)).isEmpty();
        assertThat(members.all()).containsExactly(new Members.Member("c", "ann", Role.VIEWER));
        assertThat(members.remove("ann")).isTrue();
        assertThat(members.role("c", "ann")).isEmpty();
    }

    @Test
    void aCodeThatIsGuessedAtIsVoid() {
        String code = members.invite("c", Role.OPERATOR);
        for (int i = 0; i < 9; i++) {
            assertThat(members.redeem("c", "eve", other(code))).isEmpty();
        }
        assertThat(members.redeem("c", "ann", code)).as("with one guess left").contains(Role.OPERATOR);
        String next = members.invite("c", Role.OPERATOR);
        for (int i = 0; i < 10; i++) {
            assertThat(members.redeem("c", "eve" + i, other(next))).isEmpty();
        }
        assertThat(members.redeem("c", "bob", next)).isEmpty();
        assertThat(members.all()).extracting(Members.Member::user).containsExactly("ann");
    }

    @Test
    void anOldOrReplacedCodeLetsNobodyIn() {
        String old = members.invite("c", Role.OWNER);
        now = now.plus(Members.CODE_HOLDS);
        assertThat(members.redeem("c", "ann", old)).isEmpty();
        String replaced = members.invite("c", Role.OWNER);
        String code = members.invite("c", Role.VIEWER);
        now = now.plus(Members.CODE_HOLDS).minus(Duration.ofSeconds(1));
        assertThat(members.redeem("c", "ann", replaced)).isEmpty();
        assertThat(members.redeem("c", "ann", code)).contains(Role.VIEWER);
    }
}
