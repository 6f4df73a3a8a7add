package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Statements of one transaction.
final class Sql {
  /// SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
  private static final int CHUNK = 500;

  /// As PostgreSQL and SQLite themselves call it.
  private static final String DAMAGED = "XX001";

  private static final int DAMAGED_CODE = SqliteFailures.CORRUPT;

  private final Connection connection;
  private Optional<SqlProblem> broken = Optional.empty();
  private boolean ended;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// A statement that is about the transaction or the connection, not within it.
  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// A statement without values, such as one that defines a table.
  void define(String sql) {
    attempt(() -> {
      try (var statement = connection.createStatement()) {
        return statement.execute(sql);
      }
    });
  }

  /// The number of rows changed.
  int change(String sql, Object... values) {
    return attempt(() -> {
      try (var statement = prepare(sql, values)) {
        return statement.executeUpdate();
      }
    });
  }

  <T> void changeEach(String sql, Collection<T> items, Function<T, Object[]> values) {
    if (items.isEmpty()) {
      return;
    }
    attempt(() -> {
      try (var statement = prepare(sql)) {
        for (T item : items) {
          bind(statement, values.apply(item));
          statement.addBatch();
        }
        return statement.executeBatch();
      }
    });
  }

  <T> List<T> list(Function<Row, T> reader, String sql, Object... values) {
    return attempt(() -> {
      try (var statement = prepare(sql, values);
          ResultSet results = statement.executeQuery()) {
        Row row = new Row(results);
        List<T> all = new ArrayList<>();
        while (results.next()) {
          all.add(read(reader, row));
        }
        return all;
      }
    });
  }

  /// What Tarn wrote it can read: a name or a state that makes no sense was changed by something
  /// else.
  private static <T> T read(Function<Row, T> reader, Row row) throws SQLException {
    try {
      return reader.apply(row);
    } catch (IllegalArgumentException | Failure e) {
      throw new SQLException(
          "a row makes no sense (" + e.getMessage() + ")", DAMAGED, DAMAGED_CODE, e);
    }
  }

  <T> Optional<T> first(Function<Row, T> reader, String sql, Object... values) {
    return list(reader, sql, values).stream().findFirst();
  }

  /// The rows whose column is one of the values; `sql` ends with `column IN `.
  <T> List<T> listIn(Function<Row, T> reader, String sql, Collection<String> values) {
    List<T> all = new ArrayList<>();
    List<String> rest = List.copyOf(values);
    for (int from = 0; from < rest.size(); from += CHUNK) {
      Object[] chunk = rest.subList(from, Math.min(rest.size(), from + CHUNK)).toArray();
      all.addAll(list(reader, sql + "(?" + ", ?".repeat(chunk.length - 1) + ")", chunk));
    }
    return all;
  }

  /// Nothing more is asked of this transaction; throws when a statement failed, even if somebody
  /// caught that.
  void end() {
    ended = true;
    broken.ifPresent(problem -> {
      throw problem;
    });
  }

  void abandon() {
    ended = true;
  }

  private interface Step<T> {
    T take() throws SQLException;
  }

  private <T> T attempt(Step<T> step) {
    if (ended) {
      throw Failure.bug("a transaction was used after its end", new IllegalStateException());
    }
    try {
      return step.take();
    } catch (SQLException e) {
      SqlProblem problem = new SqlProblem(e);
      broken = broken.or(() -> Optional.of(problem));
      throw problem;
    } catch (SqlProblem e) {
      broken = broken.or(() -> Optional.of(e));
      throw e;
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, values);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
    switch (value) {
      // PostgreSQL keeps no NUL in a text.
      case String text -> statement.setString(at, text.replace('\0', '\uFFFD'));
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      case Boolean truth -> statement.setInt(at, truth ? 1 : 0);
      case Instant time -> statement.setLong(at, Times.micros(time));
      case TableName table -> statement.setString(at, TableKey.of(table));
      case RunId run -> statement.setString(at, run.value());
      case Optional<?> optional when optional.isEmpty() -> statement.setNull(at, Types.NULL);
      case Optional<?> optional -> bind(statement, at, optional.get());
      default -> throw new IllegalArgumentException("cannot bind a " + value.getClass());
    }
  }
}
