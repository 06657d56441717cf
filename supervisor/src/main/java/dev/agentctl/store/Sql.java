package dev.agentctl.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One statement with its parameters bound in order, inside the transaction of the given connection.
final class Sql {
    private Sql() {}

    /// Reads the row that the cursor stands on.
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /// The row that a cursor stands on.
    record Row(ResultSet cursor) {
        /// A column that is never NULL.
        String text(String column) throws SQLException {
            return textOrNone(column).orElseThrow(() -> new SQLException(column + " is NULL"));
        }

        Optional<String> textOrNone(String column) throws SQLException {
            return Optional.ofNullable(cursor.getString(column));
        }

        long number(String column) throws SQLException {
            return cursor.getLong(column);
        }

        /// A column of milliseconds since 1970.
        Instant time(String column) throws SQLException {
            return Instant.ofEpochMilli(cursor.getLong(column));
        }
    }

    /// The number of rows changed.
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, Reader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(new Row(rows)));
            }
            return result;
        }
    }

    static <T> Optional<T> first(Connection connection, Reader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, reader, sql, parameters).stream().findFirst();
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
