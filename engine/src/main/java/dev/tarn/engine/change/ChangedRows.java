package dev.tarn.engine.change;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.Rows;
import dev.tarn.lake.Difference;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows that two versions of a table differ in: added, removed, and, where a key tells which
/// row is which, changed. A row that is there twice counts twice. Only the files that not both
/// versions have are read, and of others the rows that were deleted; when only one version has such
/// files, nothing is read for the counts.
public final class ChangedRows {
  private static final String LAYER = "tarn_difference";
  private static final TableName BEFORE = new TableName(LAYER, "before");
  private static final TableName AFTER = new TableName(LAYER, "after");
  private static final String PAIRS = "tarn_pairs";
  private static final String REMOVED = "\"after\" IS NULL";
  private static final String ADDED = "\"before\" IS NULL";
  private static final String CHANGED = "\"before\" IS NOT NULL AND \"after\" IS NOT NULL";

  private final EngineConnection connection;
  private final List<FieldNode> columns;
  private final List<String> key;
  private final Counts counts;
  private final Optional<String> pairs;
  private final boolean ordered;

  private ChangedRows(
      EngineConnection connection,
      List<FieldNode> columns,
      List<String> key,
      Counts counts,
      Optional<String> pairs,
      boolean ordered) {
    this.connection = connection;
    this.columns = columns;
    this.key = key;
    this.counts = counts;
    this.pairs = pairs;
    this.ordered = ordered;
  }

  /// Compares two versions.
  ///
  /// @param connection of the session; what is found lives on it, until the next comparison
  /// @param key the columns that name a row; when not both versions have them all, or there are
  ///   none, no row counts as changed
  public static ChangedRows find(
      EngineSession session, EngineConnection connection, Difference difference, List<String> key) {
    Scan gone = difference.removed();
    Scan come = difference.added();
    List<FieldNode> columns = come.columns();
    List<String> shared = key.stream().flatMap(name -> named(columns, name).stream()).toList();
    List<String> usable = shared.size() == key.size() ? shared : List.of();
    boolean alone = gone.files().isEmpty() || come.files().isEmpty() || columns.isEmpty();
    if (alone) {
      long added = RowCount.of(session, connection, AFTER, come);
      long removed = RowCount.of(session, connection, BEFORE, gone);
      Counts counts = new Counts(added, removed, 0, difference.rowsAfter() - added);
      return columns.isEmpty()
          ? new ChangedRows(connection, columns, List.of(), counts, Optional.empty(), false)
          : alone(session, connection, difference, usable, counts);
    }
    return both(session, connection, difference, usable);
  }

  private static Optional<String> named(List<FieldNode> columns, String name) {
    return columns.stream()
        .map(FieldNode::name)
        .filter(column -> column.equalsIgnoreCase(name))
        .findFirst();
  }

  private static ChangedRows alone(
      EngineSession session,
      EngineConnection connection,
      Difference difference,
      List<String> key,
      Counts counts) {
    List<FieldNode> columns = difference.added().columns();
    boolean added = difference.removed().files().isEmpty();
    session.expose(added ? AFTER : BEFORE, added ? difference.added() : difference.removed());
    String pairs = "(" + new PairsSql(BEFORE, AFTER, columns, key).alone(added) + ")";
    return new ChangedRows(connection, columns, key, counts, Optional.of(pairs), false);
  }

  private static ChangedRows both(
      EngineSession session, EngineConnection connection, Difference difference, List<String> key) {
    List<FieldNode> columns = difference.added().columns();
    Sides.expose(session, connection, BEFORE, difference.removed());
    Sides.expose(session, connection, AFTER, difference.added());
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE "
            + PAIRS
            + " AS "
            + new PairsSql(BEFORE, AFTER, columns, key).both());
    List<Object> found =
        numbers(
            connection,
            "SELECT count(*) FILTER ("
                + ADDED
                + "), count(*)"
                + " FILTER ("
                + REMOVED
                + "), count(*) FILTER ("
                + CHANGED
                + ") FROM "
                + PAIRS);
    long added = ((Number) found.get(0)).longValue();
    long removed = ((Number) found.get(1)).longValue();
    long changed = ((Number) found.get(2)).longValue();
    long unchanged = difference.rowsAfter() - added - changed;
    Counts counts = new Counts(added, removed, changed, unchanged);
    return new ChangedRows(connection, columns, key, counts, Optional.of(PAIRS), true);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> numbers(EngineConnection connection, String sql) {
    return (List<Object>) (List<?>) connection.query(sql, 1).rows().getFirst();
  }

  public Counts counts() {
    return counts;
  }

  /// The columns that rows were matched by; empty when they were not.
  public List<String> key() {
    return key;
  }

  /// How many of the changed rows have another value in a column, for the columns where any has.
  public Map<String, Long> changedColumns() {
    Map<String, Long> changed = new LinkedHashMap<>();
    if (counts.changed() == 0) {
      return changed;
    }
    String sql =
        columns.stream()
            .map(column -> Identifiers.literal(column.name()))
            .map(name ->
                "count(*) FILTER (struct_extract(\"before\", %s) IS DISTINCT FROM struct_extract(\"after\", %s))"
                    .formatted(name, name))
            .collect(joining(", ", "SELECT ", " FROM " + PAIRS + " WHERE " + CHANGED));
    List<Object> found = numbers(connection, sql);
    for (int i = 0; i < found.size(); i++) {
      long rows = ((Number) found.get(i)).longValue();
      if (rows > 0) {
        changed.put(columns.get(i).name(), rows);
      }
    }
    return changed;
  }

  /// At most `limit` rows that only the later version has.
  public Rows added(long limit) {
    return one("after", ADDED, counts.added(), limit);
  }

  /// At most `limit` rows that only the earlier version has.
  public Rows removed(long limit) {
    return one("before", REMOVED, counts.removed(), limit);
  }

  /// At most `limit` rows that changed, each as two structs, `before` and `after`.
  public Rows changed(long limit) {
    return rows("\"before\", \"after\"", CHANGED, "after", counts.changed(), limit);
  }

  private Rows one(String side, String which, long count, long limit) {
    String parts =
        columns.stream()
            .map(FieldNode::name)
            .map(name ->
                "struct_extract(\"%s\", %s) AS %s"
                    .formatted(side, Identifiers.literal(name), Identifiers.quote(name)))
            .collect(joining(", "));
    return rows(parts, which, side, count, limit);
  }

  /// In the order of the key, or of the whole row; where nothing was compared, as they are stored.
  private Rows rows(String selected, String which, String side, long count, long limit) {
    if (count == 0 || pairs.isEmpty()) {
      return new Rows(List.of(), List.of(), count > limit);
    }
    String order =
        key.isEmpty()
            ? "\"" + side + "\""
            : key.stream()
                .map(name -> "struct_extract(\"" + side + "\", " + Identifiers.literal(name) + ")")
                .collect(joining(", "));
    String sql =
        "SELECT "
            + selected
            + " FROM "
            + pairs.get()
            + " AS p WHERE "
            + which
            + (ordered ? " ORDER BY " + order : "")
            + " LIMIT "
            + limit;
    Rows found = connection.query(sql, limit);
    return new Rows(found.columns(), found.rows(), count > limit);
  }
}
