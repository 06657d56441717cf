package dev.agentctl.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The raw updates of a chat's server, stored before the server may forget them, and where the next poll begins.
///
/// Telegram numbers updates upwards, but starts again at a random number after a week without any. An id below the
/// next offset therefore opens a new *epoch*. What is stored already, in whatever epoch, with the same id and content
/// is a redelivery: the server keeps an update's text as it is. Any thread may call.
public final class Inbox {
    private final Database database;
    private final InstantSource clock;

    public Inbox(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// An update as its server sent it.
    ///
    /// @param id the server's `update_id`
    /// @param raw its JSON
    public record Update(long id, String raw) {}

    /// The identity of an update for good.
    ///
    /// @param bot the bot's own numeric id, not its token
    public record Key(String bot, long epoch, long updateId) {}

    /// A stored update.
    public record Entry(Key key, String raw, Instant receivedAt) {}

    /// Where the next poll of the bot begins: the highest id of this epoch plus one; 0 if nothing was ever stored.
    ///
    /// @throws StoreException if the state file fails
    public long nextOffset(String bot) {
        return database.transact(connection -> position(connection, bot).nextOffset());
    }

    /// Stores a poll's updates and the next offset in one transaction: after this returns they survive a power loss,
    /// and the server may be told to forget them.
    ///
    /// @return how many of them are new
    /// @throws StoreException if the state file fails; then nothing was stored and the server must deliver again
    public int store(String bot, List<Update> updates) {
        return database.transact(connection -> {
            Position position = position(connection, bot);
            int fresh = 0;
            for (Update update : updates) {
                if (isStored(connection, bot, update)) {
                    continue;
                }
                if (update.id() < position.nextOffset()) {
                    position = new Position(position.epoch() + 1, 0);
                }
                insert(connection, bot, position.epoch(), update);
                position = new Position(position.epoch(), update.id() + 1);
                fresh++;
            }
            if (fresh > 0) {
                save(connection, bot, position);
            }
            return fresh;
        });
    }

    /// The oldest updates that are not done, in the order of their arrival.
    ///
    /// @param fields of the update's JSON, such as `message.photo`; letters, `.` and `_` only
    /// @param has whether those that have any of them are wanted, or those that have none
    /// @throws StoreException if the state file fails
    public List<Entry> pending(String bot, List<String> fields, boolean has, int limit) {
        String any = fields.stream()
                .map(field -> "json_type(raw, '$." + field + "') IS NOT NULL")
                .collect(Collectors.joining(" OR "));
        return database.transact(connection -> Sql.list(
                connection,
                Inbox::entry,
                "SELECT bot, epoch, update_id, raw, received_at FROM inbox WHERE bot = ? AND done = 0 AND (" + any
                        + ") = ? ORDER BY epoch, update_id LIMIT ?",
                bot,
                has ? 1 : 0,
                limit));
    }

    /// Notes what came of an update; it is never pending again.
    ///
    /// @throws StoreException if the state file fails
    public void done(Key key, String outcome) {
        database.change(connection -> Sql.update(
                connection,
                "UPDATE inbox SET done = 1, outcome = ? WHERE bot = ? AND epoch = ? AND update_id = ?",
                outcome,
                key.bot(),
                key.epoch(),
                key.updateId()));
    }

    /// What came of an update; empty while it is pending or if it is unknown.
    ///
    /// @throws StoreException if the state file fails
    public Optional<String> outcome(Key key) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> row.text("outcome"),
                "SELECT outcome FROM inbox WHERE bot = ? AND epoch = ? AND update_id = ? AND done = 1",
                key.bot(),
                key.epoch(),
                key.updateId()));
    }

    /// Forgets done updates received before the given time. Keep at least 8 days: within a week ids still grow, so a
    /// redelivery can be told from a new epoch only as long as its twin is stored.
    ///
    /// @throws StoreException if the state file fails
    public void trim(Instant before) {
        database.change(connection ->
                Sql.update(connection, "DELETE FROM inbox WHERE done = 1 AND received_at < ?", before.toEpochMilli()));
    }

    private record Position(long epoch, long nextOffset) {}

    private static Position position(Connection connection, String bot) throws SQLException {
        return Sql.first(
                        connection,
                        row -> new Position(row.number("epoch"), row.number("next_offset")),
                        "SELECT epoch, next_offset FROM poll WHERE bot = ?",
                        bot)
                .orElse(new Position(0, 0));
    }

    private static void save(Connection connection, String bot, Position position) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO poll (bot, epoch, next_offset) VALUES (?, ?, ?)"
                        + " ON CONFLICT (bot) DO UPDATE SET epoch = excluded.epoch, next_offset = excluded.next_offset",
                bot,
                position.epoch(),
                position.nextOffset());
    }

    private static boolean isStored(Connection connection, String bot, Update update) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.number("update_id"),
                        "SELECT update_id FROM inbox WHERE bot = ? AND update_id = ? AND raw = ?",
                        bot,
                        update.id(),
                        update.raw())
                .isPresent();
    }

    private void insert(Connection connection, String bot, long epoch, Update update) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO inbox (bot, epoch, update_id, raw, received_at) VALUES (?, ?, ?, ?, ?)",
                bot,
                epoch,
                update.id(),
                update.raw(),
                clock.millis());
    }

    private static Entry entry(Sql.Row row) throws SQLException {
        Key key = new Key(row.text("bot"), row.number("epoch"), row.number("update_id"));
        return new Entry(key, row.text("raw"), row.time("received_at"));
    }
}
