package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The row that a result stands on, column by column from 1.
final class Row {
  private final ResultSet results;
  // Many rows name the same few runs and tables.
  private final Map<String, RunId> runs = new HashMap<>();
  private final Map<String, TableName> tables = new HashMap<>();

  Row(ResultSet results) {
    this.results = results;
  }

  String text(int column) {
    return maybeText(column).orElse("");
  }

  Optional<String> maybeText(int column) {
    return read(() -> Optional.ofNullable(results.getString(column)));
  }

  long number(int column) {
    return read(() -> results.getLong(column));
  }

  int integer(int column) {
    return read(() -> results.getInt(column));
  }

  boolean truth(int column) {
    return integer(column) != 0;
  }

  Instant instant(int column) {
    return Times.ofMicros(number(column));
  }

  Optional<Instant> maybeInstant(int column) {
    return read(() -> {
      long micros = results.getLong(column);
      return results.wasNull() ? Optional.empty() : Optional.of(Times.ofMicros(micros));
    });
  }

  TableName table(int column) {
    return tables.computeIfAbsent(text(column), TableName::parse);
  }

  RunId run(int column) {
    return runs.computeIfAbsent(text(column), RunId::new);
  }

  private interface Cell<T> {
    T value() throws SQLException;
  }

  private static <T> T read(Cell<T> cell) {
    try {
      return cell.value();
    } catch (SQLException e) {
      throw new SqlProblem(e);
    }
  }
}
