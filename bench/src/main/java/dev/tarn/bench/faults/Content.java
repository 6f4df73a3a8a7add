package dev.tarn.bench.faults;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is in all tables of a lake, as multisets of rows, without the columns that tell when and by
/// which run.
///
/// @param tables by name
public record Content(Map<String, Rows> tables) {
  private static final Set<String> OF_THE_RUN = Set.of("_ingested_at", "_run", "_quarantined_at");

  public Content {
    tables = new TreeMap<>(tables);
  }

  /// The number of rows, and the sum of their hashes, which tells multisets apart and not orders.
  public record Rows(long count, String hash) {}

  /// Reads it all through Tarn's own reading path, checksums included, as a process that has read
  /// nothing before.
  public static Content of(OpenLake lake) {
    EngineSettings settings =
        new EngineSettings(
            new ByteSize(1L << 30),
            2,
            Path.of(System.getProperty("java.io.tmpdir"), "tarn-content"),
            new ByteSize(1L << 30));
    try (DuckDbEngine engine = new DuckDbEngine(settings)) {
      return of(lake, engine, lake.lake().tables());
    }
  }

  static Content of(OpenLake lake, DuckDbEngine engine, List<TableName> tables) {
    try (EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      List<String> queries = new ArrayList<>();
      for (TableName name : tables) {
        LakeTable table = lake.lake().find(name).orElseThrow();
        session.expose(table.scan());
        queries.add(query(table));
      }
      Map<String, Rows> found = new TreeMap<>();
      if (!queries.isEmpty()) {
        connection
            .query(String.join(" UNION ALL ", queries), 100_000)
            .rows()
            .forEach(row ->
                found.put(text(row, 0), new Rows(Long.parseLong(text(row, 1)), text(row, 2))));
      }
      return new Content(found);
    }
  }

  private static String text(List<?> row, int column) {
    return String.valueOf(row.get(column));
  }

  private static String query(LakeTable table) {
    String columns =
        table.schema().columns().stream()
            .map(Column::name)
            .filter(column -> !OF_THE_RUN.contains(column))
            .map(column -> '"' + column.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(", "));
    return "SELECT '%s', count(*), CAST(coalesce(sum(hash(%s)::HUGEINT), 0) AS VARCHAR) FROM %s"
        .formatted(table.name(), columns, table.name().sql());
  }

  /// Rows that are expected and not there.
  public long lost(Content expected) {
    return expected.more(this);
  }

  /// Rows that are there more often than expected.
  public long twice(Content expected) {
    return more(expected);
  }

  private long more(Content other) {
    return tables.entrySet().stream()
        .mapToLong(table -> Math.max(0, table.getValue().count() - other.rows(table.getKey())))
        .sum();
  }

  private long rows(String table) {
    Rows rows = tables.get(table);
    return rows == null ? 0 : rows.count();
  }

  /// The tables that are not the same.
  public Set<String> differences(Content other) {
    Set<String> names = new TreeSet<>(tables.keySet());
    names.addAll(other.tables.keySet());
    names.removeIf(
        name -> tables.containsKey(name) && tables.get(name).equals(other.tables.get(name)));
    return names;
  }
}
