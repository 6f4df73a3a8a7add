package dev.tarn.store;

import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was consumed, in `tarn_consumed`.
record SqlConsumedLog(Sql sql, Scope scope) implements ConsumedLog {
  private static final String COLUMNS =
      """
      SELECT table_name, item, version, bytes, modified_ns, identity, outcome, row_count, rejected, run, at,
        reading
      FROM tarn_consumed\
      """;

  private static final String OF = " WHERE branch = ?";
  private static final String LAST_OF_ITEM =
      " WHERE id IN (SELECT max(id) FROM tarn_consumed WHERE branch = ? AND table_name = ? GROUP BY item)";

  @Override
  public void add(List<Consumed> consumed) {
    sql.changeEach(
        """
        INSERT INTO tarn_consumed (branch, table_name, item, version, bytes, modified_ns, identity,
          outcome, row_count, rejected, run, at, reading)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        consumed,
        one ->
            new Object[] {
              scope.branch(),
              one.table(),
              one.item(),
              one.version(),
              one.bytes(),
              Times.nanos(one.modified()),
              one.identity(),
              one.outcome(),
              one.rows(),
              one.rejected(),
              one.run(),
              one.at(),
              one.reading()
            });
  }

  @Override
  public List<Consumed> ofTable(TableName table) {
    return sql.list(
        SqlConsumedLog::read,
        COLUMNS + OF + " AND table_name = ? ORDER BY id",
        scope.branch(),
        table);
  }

  @Override
  public Map<String, Consumed> latest(TableName table) {
    Map<String, Consumed> latest = new HashMap<>();
    sql.list(SqlConsumedLog::read, COLUMNS + LAST_OF_ITEM, scope.branch(), table)
        .forEach(one -> latest.put(one.item(), one));
    return latest;
  }

  @Override
  public Set<String> versions(TableName table) {
    return new HashSet<>(
        sql.list(
            row -> row.text(1),
            "SELECT DISTINCT version FROM tarn_consumed WHERE branch = ? AND table_name = ?",
            scope.branch(),
            table));
  }

  @Override
  public List<Consumed> since(TableName table, Set<RunId> runs) {
    return first(table, runs)
        .map(id ->
            sql.list(
                SqlConsumedLog::read,
                COLUMNS + OF + " AND table_name = ? AND id >= ? ORDER BY id",
                scope.branch(),
                table,
                id))
        .orElse(List.of());
  }

  @Override
  public void removeSince(TableName table, Set<RunId> runs) {
    first(table, runs)
        .ifPresent(id ->
            sql.change(
                "DELETE FROM tarn_consumed WHERE branch = ? AND table_name = ? AND id >= ?",
                scope.branch(),
                table,
                id));
  }

  private Optional<Long> first(TableName table, Set<RunId> runs) {
    return runs.stream()
        .flatMap(run ->
            sql
                .first(
                    row -> row.number(1),
                    """
                    SELECT id FROM tarn_consumed
                    WHERE branch = ? AND table_name = ? AND run = ? ORDER BY id LIMIT 1\
                    """,
                    scope.branch(),
                    table,
                    run)
                .stream())
        .min(Comparator.naturalOrder());
  }

  @Override
  public void move(TableName from, TableName to) {
    sql.change(
        "UPDATE tarn_consumed SET table_name = ? WHERE branch = ? AND table_name = ?",
        to,
        scope.branch(),
        from);
  }

  @Override
  public void removeAll(TableName table) {
    sql.change(
        "DELETE FROM tarn_consumed WHERE branch = ? AND table_name = ?", scope.branch(), table);
  }

  @Override
  public List<Consumed> all() {
    return sql.list(SqlConsumedLog::read, COLUMNS + OF + " ORDER BY id", scope.branch());
  }

  @Override
  public Set<String> versionsOfBranches() {
    return new HashSet<>(
        sql.list(
            row -> row.text(1), "SELECT DISTINCT version FROM tarn_consumed WHERE branch <> 0"));
  }

  private static Consumed read(Row row) {
    return new Consumed(
        row.table(1),
        row.text(2),
        row.text(3),
        row.number(4),
        Times.ofNanos(row.number(5)),
        row.text(6),
        row.text(7),
        row.number(8),
        row.number(9),
        row.run(10),
        row.instant(11),
        row.text(12));
  }
}
