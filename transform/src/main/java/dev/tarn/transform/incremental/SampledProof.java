package dev.tarn.transform.incremental;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.LakeTable;
import dev.tarn.sql.Query;
import dev.tarn.sql.change.InputChange;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Tries on a sample of a user's own tables whether following changes comes to what a recompute
/// comes to: rows of the tables go, come and change at random, the model's result is brought up to
/// date by these alone, and is compared with the query's own result, as multisets of rows.
public final class SampledProof {
  private static final long MOST = 1_000;
  private static final TableName TARGET = new TableName("tarn_sample", "target");

  private static final TableName NOW = new TableName("tarn_sample", "result");

  private final EngineSession session;
  private final EngineConnection connection;
  private final Followable followable;
  private final String sql;
  private final Query query;
  private final List<String> key;
  private final List<SampleTable> samples = new ArrayList<>();
  private Schema result = new Schema(List.of());

  /// @param session of the proof alone, with the views that the query reads
  /// @param key the columns that name a row of the result; empty when none do
  public SampledProof(
      EngineSession session,
      EngineConnection connection,
      Followable followable,
      String sql,
      Query query,
      List<String> key) {
    this.session = session;
    this.connection = connection;
    this.followable = followable;
    this.sql = sql;
    this.query = query;
    this.key = List.copyOf(key);
  }

  /// What came of it.
  ///
  /// @param followed changes that were followed and came to the result of a recompute
  /// @param whole how many changes can't be followed, by the part of the query that forbids it
  /// @param open whether the query leaves open which rows it gives: the same rows in another order
  ///   give other results
  /// @param different what following a change came to instead; the proof ends there
  public record Report(
      int followed, Map<String, Integer> whole, boolean open, Optional<String> different) {}

  /// @param cases how many changes are tried
  public Report prove(List<LakeTable> tables, int cases, long seed) {
    take(tables, seed);
    result =
        new Schema(
            connection.describe(sql).columns().stream()
                .map(column -> Column.of(column.name(), column.type()))
                .toList());
    recompute();
    settle();
    int followed = 0;
    Map<String, Integer> whole = new TreeMap<>();
    Random random = new Random(seed);
    for (int step = 0; step < cases; step++) {
      Map<TableName, InputChange> changes = change(random);
      recompute();
      switch (followable.of(query, changes.keySet())) {
        case QueryChange.Stopped stopped -> whole.merge(stopped.obstacle().what(), 1, Integer::sum);
        case QueryChange.Followed follow -> {
          Optional<String> different = followed(follow.change(), changes);
          if (different.isPresent()) {
            boolean open = open(random.nextLong());
            return new Report(followed, whole, open, open ? Optional.empty() : different);
          }
          followed++;
        }
      }
      settle();
    }
    return new Report(followed, whole, false, Optional.empty());
  }

  private void take(List<LakeTable> tables, long seed) {
    Optional<String> together = together(tables);
    long largest = tables.stream().mapToLong(LakeTable::rows).max().orElse(0);
    for (LakeTable table : tables) {
      SampleTable sample = new SampleTable(session, connection, table);
      Optional<String> own = together.filter(column -> table.schema().column(column).isPresent());
      sample.take(MOST, own, Math.max(1, largest / MOST), Math.floorMod(seed, 1 << 30));
      samples.add(sample);
    }
  }

  /// The column that most of the tables have, if it is of more than one.
  private static Optional<String> together(List<LakeTable> tables) {
    Map<String, Long> counts =
        tables.stream()
            .flatMap(table -> table.schema().names().stream())
            .filter(name -> !name.startsWith("_"))
            .collect(
                Collectors.groupingBy(
                    name -> name.toLowerCase(Locale.ROOT), Collectors.counting()));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  /// Of one table at least.
  private Map<TableName, InputChange> change(Random random) {
    Map<TableName, InputChange> changes = new HashMap<>();
    int sure = random.nextInt(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      if (i == sure || random.nextInt(3) == 0) {
        SampleTable sample = samples.get(i);
        changes.put(sample.table(), sample.change(random.nextInt(1 << 30)));
      }
    }
    return changes;
  }

  /// Says what is different, if anything is.
  private Optional<String> followed(QueryChange change, Map<TableName, InputChange> changes) {
    try (EngineBench bench = new EngineBench(connection, Limits.NONE)) {
      Optional<TargetRows.Changed> found =
          new TargetRows(bench, TARGET, result, key, Optional.empty())
              .changed(change.compute(bench, changes));
      if (found.isEmpty()) {
        return Optional.of("the table does not hold the rows that should go");
      }
      String stay =
          found
              .get()
              .removedRows()
              .map(rows -> " WHERE " + TargetRows.ROW + " NOT IN (" + rows + ")")
              .orElse("");
      String now =
          "SELECT "
              + columns()
              + " FROM "
              + TARGET.sql()
              + stay
              + found.get().added().map(rows -> " UNION ALL (" + rows + ")").orElse("");
      long more = count(now, "FROM " + NOW.sql());
      long less = count("FROM " + NOW.sql(), now);
      return more + less == 0
          ? Optional.empty()
          : Optional.of("%,d rows too many, %,d missing".formatted(more, less));
    }
  }

  private long count(String rows, String others) {
    String sql = "SELECT count(*) FROM ((" + rows + ") EXCEPT ALL (" + others + "))";
    return connection.query(sql, 1).rows().getFirst().getFirst() instanceof Number number
        ? number.longValue()
        : 0;
  }

  /// What the query gives, with the table's types.
  private String whole() {
    return "SELECT " + casts() + " FROM (\n" + sql + "\n) AS whole";
  }

  private String casts() {
    return result.columns().stream()
        .map(column ->
            "CAST(%1$s AS %2$s) AS %1$s"
                .formatted(Identifiers.quote(column.name()), column.type().sql()))
        .collect(Collectors.joining(", "));
  }

  private String columns() {
    return result.columns().stream()
        .map(column -> Identifiers.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  /// What the query gives now.
  private void recompute() {
    connection.hold(whole(), NOW, result);
  }

  /// Makes that the table which the next change is to bring up to date.
  private void settle() {
    List<Column> columns = new ArrayList<>(result.columns());
    columns.add(Column.of(TargetRows.ROW, Type.Primitive.BIGINT));
    connection.hold(
        "SELECT *, row_number() OVER () AS " + TargetRows.ROW + " FROM " + NOW.sql(),
        TARGET,
        new Schema(columns));
  }

  /// Whether the same rows in another order give another result.
  private boolean open(long seed) {
    samples.forEach(sample -> sample.shuffle(Math.floorMod(seed, 1 << 30)));
    String now = "FROM " + NOW.sql();
    return count(whole(), now) + count(now, whole()) > 0;
  }
}
