package dev.agentctl.store;

import java.util.Optional;

/// Single values that the supervisor keeps, such as the port it chose.
public final class Settings {
    private final Database database;

    public Settings(Database database) {
        this.database = database;
    }

    public Optional<String> get(String name) {
        return database.transact(connection ->
                Sql.first(connection, row -> row.text("value"), "SELECT value FROM setting WHERE name = ?", name));
    }

    public void set(String name, String value) {
        database.change(connection ->
                Sql.update(connection, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value));
    }
}
