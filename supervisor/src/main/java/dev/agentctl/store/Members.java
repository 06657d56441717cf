package dev.agentctl.store;

import dev.agentctl.chat.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// People who joined with a code, beside those that the configuration lists. Any thread may call.
public final class Members {
    /// How long a code holds.
    public static final Duration CODE_HOLDS = Duration.ofMinutes(10);

    private static final int CODES = 100_000_000;
    /// Wrong guesses at a code before it is void: nobody finds one of a hundred million in so many.
    private static final int MOST_GUESSES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final InstantSource clock;

    public Members(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A person.
    public record Member(String chat, String user, Role role) {}

    /// A new code in place of an earlier one. It makes the one who writes it first a member.
    public String invite(String chat, Role role) {
        String code = "%08d".formatted(RANDOM.nextInt(CODES));
        database.change(connection -> {
            Sql.update(connection, "DELETE FROM invitation WHERE chat = ?", chat);
            Sql.update(
                    connection,
                    "INSERT INTO invitation (chat, code, role, expires_at, guesses) VALUES (?, ?, ?, ?, 0)",
                    chat,
                    code,
                    role.name(),
                    clock.instant().plus(CODE_HOLDS).toEpochMilli());
        });
        return code;
    }

    /// Lets a person in whose code is right. A wrong one counts against the code.
    public Optional<Role> redeem(String chat, String user, String code) {
        return database.transact(connection -> {
            Optional<Invitation> open = Sql.first(
                    connection,
                    Invitation::read,
                    "SELECT code, role FROM invitation WHERE chat = ? AND expires_at > ? AND guesses < ?",
                    chat,
                    clock.millis(),
                    MOST_GUESSES);
            if (open.isEmpty()) {
                return Optional.empty();
            }
            boolean right = MessageDigest.isEqual(
                    open.get().code.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
            if (!right) {
                Sql.update(connection, "UPDATE invitation SET guesses = guesses + 1 WHERE chat = ?", chat);
                return Optional.empty();
            }
            Sql.update(connection, "DELETE FROM invitation WHERE chat = ?", chat);
            add(connection, chat, user, open.get().role);
            return Optional.of(open.get().role);
        });
    }

    private void add(Connection connection, String chat, String user, Role role) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO member (chat, user, role, joined_at) VALUES (?, ?, ?, ?)",
                chat,
                user,
                role.name(),
                clock.millis());
    }

    private record Invitation(String code, Role role) {
        static Invitation read(Sql.Row row) throws SQLException {
            return new Invitation(row.text("code"), Role.valueOf(row.text("role")));
        }
    }

    public Optional<Role> role(String chat, String user) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> Role.valueOf(row.text("role")),
                "SELECT role FROM member WHERE chat = ? AND user = ?",
                chat,
                user));
    }

    /// All, by their ids.
    public List<Member> all() {
        return database.transact(connection -> Sql.list(
                connection,
                row -> new Member(row.text("chat"), row.text("user"), Role.valueOf(row.text("role"))),
                "SELECT chat, user, role FROM member ORDER BY chat, user"));
    }

    /// Puts a person out; false if there is none of that id.
    public boolean remove(String user) {
        return database.transact(connection -> Sql.update(connection, "DELETE FROM member WHERE user = ?", user) > 0);
    }
}
