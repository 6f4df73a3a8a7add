package dev.tarn.transform.incremental;

import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import dev.tarn.sql.change.Kept;
import dev.tarn.sql.change.Workbench;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps rows in temporary tables of one connection, which go with this.
final class EngineBench implements Workbench, AutoCloseable {
  private static final String PREFIX = "tarn_kept_";

  private final EngineConnection connection;
  private final long limit;
  private final List<String> tables = new ArrayList<>();

  /// @param limit the most rows that are kept at once
  EngineBench(EngineConnection connection, long limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /// @throws TooManyRows beyond the limit
  @Override
  public Kept keep(String sql) {
    String name = PREFIX + tables.size();
    tables.add(name);
    String capped = "SELECT * FROM (" + sql + "\n) AS kept LIMIT " + (limit + 1);
    connection.execute("CREATE OR REPLACE TEMP TABLE " + name + " AS " + capped);
    Rows about =
        connection.query(
            "SELECT * FROM (SELECT count(*) FROM %1$s) LEFT JOIN (SELECT * FROM %1$s LIMIT 0) ON true"
                .formatted(name),
            1);
    long rows = number(about.rows().getFirst().getFirst());
    if (rows > limit) {
      throw new TooManyRows(rows);
    }
    List<String> columns = about.columns().stream().skip(1).map(EngineColumn::name).toList();
    return new Kept(List.of(name), columns, rows);
  }

  @Override
  public List<Optional<String>> row(String sql) {
    return connection.query(sql, 1).rows().getFirst().stream()
        .map(value -> Optional.ofNullable(value).map(Object::toString))
        .toList();
  }

  @Override
  public List<String> types(String sql) {
    return connection.describeNative(sql).stream().map(EngineColumn::type).toList();
  }

  @Override
  public boolean any(String sql) {
    return !connection.query(sql + " LIMIT 1", 1).rows().isEmpty();
  }

  /// The one value of a query, as text.
  Optional<String> text(String sql) {
    return row(sql).getFirst();
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void close() {
    if (!tables.isEmpty()) {
      connection.execute(
          tables.stream()
              .map(table -> "DROP TABLE IF EXISTS " + Identifiers.quote(table))
              .collect(Collectors.joining(";\n")));
      tables.clear();
    }
  }
}
