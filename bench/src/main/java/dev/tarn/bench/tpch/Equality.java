package dev.tarn.bench.tpch;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares tables of main with those of a branch, row by row, as multisets. All values must be the
/// same; only those of DOUBLE columns, which come of averages and of divisions, may differ by one
/// part in 10^12.
///
/// @param scratch where what does not fit into memory may go
final class Equality {
  private static final String TOLERANCE = "1e-12";

  /// Beyond so many rows they are compared by their hashes.
  private static final long LARGE = 50_000;

  private final Lake main;
  private final Lake branch;
  private final Path scratch;

  Equality(Lake main, Lake branch, Path scratch) {
    this.main = main;
    this.branch = branch;
    this.scratch = scratch;
  }

  /// In what tables differ; empty when they don't.
  List<String> differences(Collection<TableName> tables) {
    List<String> told = new ArrayList<>();
    EngineSettings limits =
        new EngineSettings(new ByteSize(2L << 30), 2, scratch, new ByteSize(20L << 30));
    try (DuckDbEngine engine = new DuckDbEngine(limits);
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      for (TableName name : tables) {
        LakeTable here = main.find(name).orElseThrow();
        LakeTable there = branch.find(name).orElseThrow();
        TableName reference = new TableName("reference", name.name());
        session.expose(here.scan());
        session.expose(reference, there.scan());
        Object rows = connection.query(differing(here, reference), 1).rows().getFirst().getFirst();
        if (!"0".equals(String.valueOf(rows)) || !here.schema().equals(there.schema())) {
          told.add("%s: %s rows".formatted(name, rows));
        }
      }
    }
    return told;
  }

  private static String differing(LakeTable table, TableName reference) {
    List<Column> columns = table.schema().columns();
    List<Column> inexact = columns.stream().filter(Equality::inexact).toList();
    if (!inexact.isEmpty()) {
      return nearly(table.name(), reference, columns);
    }
    return table.rows() > LARGE
        ? byHashes(table.name(), reference)
        : exactly(table.name(), reference);
  }

  /// The sum of the rows' hashes tells multisets apart, and not orders.
  private static String byHashes(TableName one, TableName other) {
    String sums = "(SELECT [count(*)::HUGEINT, sum(hash(t)::HUGEINT)] FROM %s AS t)";
    return "SELECT CASE WHEN %s = %s THEN 0 ELSE 1 END"
        .formatted(sums.formatted(one.sql()), sums.formatted(other.sql()));
  }

  private static boolean inexact(Column column) {
    return column.type().sql().equals("DOUBLE");
  }

  private static String exactly(TableName one, TableName other) {
    return "SELECT (SELECT count(*) FROM (FROM %1$s EXCEPT ALL FROM %2$s)) + (SELECT count(*) FROM (FROM %2$s EXCEPT ALL FROM %1$s))"
        .formatted(one.sql(), other.sql());
  }

  /// Side by side in the order of the other columns, and last of the doubles.
  private static String nearly(TableName one, TableName other, List<Column> columns) {
    String order =
        Stream.concat(
                columns.stream().filter(column -> !inexact(column)),
                columns.stream().filter(Equality::inexact))
            .map(column -> Identifiers.quote(column.name()))
            .collect(Collectors.joining(", "));
    String numbered = "(SELECT *, row_number() OVER (ORDER BY " + order + ") AS i FROM %s)";
    return "SELECT count(*) FROM %s AS a FULL JOIN %s AS b ON a.i = b.i WHERE NOT (a.i IS NOT DISTINCT FROM b.i AND %s)"
        .formatted(
            numbered.formatted(one.sql()),
            numbered.formatted(other.sql()),
            columns.stream().map(Equality::same).collect(Collectors.joining(" AND ")));
  }

  private static String same(Column column) {
    String name = Identifiers.quote(column.name());
    String equal = "a." + name + " IS NOT DISTINCT FROM b." + name;
    return inexact(column)
        ? "(%1$s OR coalesce(abs(a.%2$s - b.%2$s) <= %3$s * abs(b.%2$s), false))"
            .formatted(equal, name, TOLERANCE)
        : equal;
  }
}
