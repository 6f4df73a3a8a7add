package dev.tarn.bench.faults;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.LakeTable;
import dev.tarn.store.Dropped;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// What is in all tables of a lake, as multisets of rows, without the columns that tell when and by
/// which run.
///
/// @param tables by name
public record Content(Map<String, Rows> tables) {
  /// Stands behind the name of a source's table, for the list of what the source has taken.
  static final String TAKEN = ": taken";

  private static final Set<String> OF_THE_RUN = Set.of("_ingested_at", "_run", "_quarantined_at");

  public Content {
    tables = new TreeMap<>(tables);
  }

  /// The number of rows, and the sum of their hashes, which tells multisets apart and not orders.
  public record Rows(long count, String hash) {}

  /// Reads it all through Tarn's own reading path, checksums included, as a process that has read
  /// nothing before; and what the sources have taken.
  public static Content of(OpenLake lake) {
    try (DuckDbEngine engine = engine()) {
      Map<String, Rows> found = new TreeMap<>(of(lake, engine, lake.lake().tables()).tables());
      found.putAll(taken(lake));
      return new Content(found);
    }
  }

  static DuckDbEngine engine() {
    return new DuckDbEngine(
        new EngineSettings(
            new ByteSize(1L << 30),
            2,
            Path.of(System.getProperty("java.io.tmpdir"), "tarn-content"),
            new ByteSize(1L << 30)));
  }

  /// What dropped tables had taken no reader can see, and it is named by the run that dropped them.
  private static Map<String, Rows> taken(OpenLake lake) {
    Map<String, Rows> taken = new TreeMap<>();
    Set<TableName> dropped =
        lake.lake().dropped().all().stream().map(Dropped::parked).collect(Collectors.toSet());
    List<Consumed> all = lake.store().read(read -> read.consumed().all());
    for (Consumed one : all.stream().filter(one -> !dropped.contains(one.table())).toList()) {
      List<?> told = List.of(one.item(), one.version(), one.outcome(), one.rows(), one.rejected());
      taken.merge(
          one.table() + TAKEN,
          new Rows(1, Integer.toString(told.hashCode())),
          (a, b) ->
              new Rows(
                  a.count() + 1,
                  Integer.toString(Integer.parseInt(a.hash()) + Integer.parseInt(b.hash()))));
    }
    return taken;
  }

  static Content of(OpenLake lake, DuckDbEngine engine, List<TableName> tables) {
    return of(lake, engine, tables, () -> true).orElseThrow();
  }

  /// As one reader sees all tables at once; empty when others published while they were looked up.
  static Optional<Content> atOnce(OpenLake lake, DuckDbEngine engine) {
    Map<TableName, String> versions = lake.lake().versions();
    return of(lake, engine, lake.lake().tables(), () -> lake.lake().versions().equals(versions));
  }

  private static Optional<Content> of(
      OpenLake lake, DuckDbEngine engine, List<TableName> tables, BooleanSupplier still) {
    try (EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      List<String> queries = new ArrayList<>();
      for (TableName name : tables) {
        LakeTable table = lake.lake().find(name).orElseThrow();
        session.expose(table.scan());
        queries.add(query(table));
      }
      if (!still.getAsBoolean()) {
        return Optional.empty();
      }
      Map<String, Rows> found = new TreeMap<>();
      if (!queries.isEmpty()) {
        connection
            .query(String.join(" UNION ALL ", queries), 100_000)
            .rows()
            .forEach(row ->
                found.put(text(row, 0), new Rows(Long.parseLong(text(row, 1)), text(row, 2))));
      }
      return Optional.of(new Content(found));
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

  /// Whether these tables are the same in both.
  boolean agrees(Content other, Set<String> names) {
    return names.stream()
        .allMatch(name -> Objects.equals(tables.get(name), other.tables.get(name)));
  }

  /// Only the tables, without what was taken.
  Content rows() {
    Map<String, Rows> rows = new TreeMap<>(tables);
    rows.keySet().removeIf(name -> name.endsWith(TAKEN));
    return new Content(rows);
  }

  /// The tables that are not the same, with how many rows they have and should have.
  String told(Content expected) {
    return differences(expected).stream()
        .map(name -> name + " (" + rows(name) + " instead of " + expected.rows(name) + ")")
        .collect(Collectors.joining(", "));
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
