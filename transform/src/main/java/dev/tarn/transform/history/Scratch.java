package dev.tarn.transform.history;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Temporary tables of one connection, which go with this.
final class Scratch implements AutoCloseable {
  private static final String PREFIX = "tarn_history_";

  private final EngineConnection connection;
  private final List<String> tables = new ArrayList<>();

  Scratch(EngineConnection connection) {
    this.connection = connection;
  }

  /// Keeps the rows of a query.
  ///
  /// @return by what name SQL reads them
  String keep(String what, String sql) {
    String name = Identifiers.quote(PREFIX + what);
    tables.add(name);
    connection.execute("CREATE OR REPLACE TEMP TABLE " + name + " AS\n" + sql);
    return name;
  }

  /// The one row of a query of numbers.
  List<Long> numbers(String sql) {
    List<@Nullable Object> row = connection.query(sql, 1).rows().getFirst();
    return row.stream().map(value -> ((Number) Objects.requireNonNull(value)).longValue()).toList();
  }

  /// The first rows of a query.
  List<List<@Nullable Object>> rows(String sql, int limit) {
    return connection.query(sql, limit).rows();
  }

  @Override
  public void close() {
    tables.forEach(table -> connection.execute("DROP TABLE IF EXISTS " + table));
    tables.clear();
  }
}
