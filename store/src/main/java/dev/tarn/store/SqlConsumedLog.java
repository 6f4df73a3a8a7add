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
record SqlConsumedLog(Sql sql) implements ConsumedLog {
  private static final String COLUMNS =
      """
      SELECT table_name, item, version, bytes, modified_ns, identity, outcome, row_count, rejected, run, at,
        reading
      FROM tarn_consumed\
      """;

  private static final String LAST_OF_ITEM =
      " WHERE id IN (SELECT max(id) FROM tarn_consumed WHERE table_name = ? GROUP BY item)";

  @Override
  public void add(List<Consumed> consumed) {
    sql.changeEach(
        """
        INSERT INTO tarn_consumed (table_name, item, version, bytes, modified_ns, identity, outcome,
          row_count, rejected, run, at, reading)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        consumed,
        one ->
            new Object[] {
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
    return sql.list(SqlConsumedLog::read, COLUMNS + " WHERE table_name = ? ORDER BY id", table);
  }

  @Override
  public Map<String, Consumed> latest(TableName table) {
    Map<String, Consumed> latest = new HashMap<>();
    sql.list(SqlConsumedLog::read, COLUMNS + LAST_OF_ITEM, table)
        .forEach(one -> latest.put(one.item(), one));
    return latest;
  }

  @Override
  public Set<String> versions(TableName table) {
    return new HashSet<>(
        sql.list(
            row -> row.text(1),
            "SELECT DISTINCT version FROM tarn_consumed WHERE table_name = ?",
            table));
  }

  @Override
  public List<Consumed> since(TableName table, Set<RunId> runs) {
    return first(table, runs)
        .map(id ->
            sql.list(
                SqlConsumedLog::read,
                COLUMNS + " WHERE table_name = ? AND id >= ? ORDER BY id",
                table,
                id))
        .orElse(List.of());
  }

  @Override
  public void removeSince(TableName table, Set<RunId> runs) {
    first(table, runs)
        .ifPresent(id ->
            sql.change("DELETE FROM tarn_consumed WHERE table_name = ? AND id >= ?", table, id));
  }

  private Optional<Long> first(TableName table, Set<RunId> runs) {
    return runs.stream()
        .flatMap(run ->
            sql
                .first(
                    row -> row.number(1),
                    "SELECT id FROM tarn_consumed WHERE table_name = ? AND run = ? ORDER BY id LIMIT 1",
                    table,
                    run)
                .stream())
        .min(Comparator.naturalOrder());
  }

  @Override
  public void move(TableName from, TableName to) {
    sql.change("UPDATE tarn_consumed SET table_name = ? WHERE table_name = ?", to, from);
  }

  @Override
  public void removeAll(TableName table) {
    sql.change("DELETE FROM tarn_consumed WHERE table_name = ?", table);
  }

  @Override
  public List<Consumed> all() {
    return sql.list(SqlConsumedLog::read, COLUMNS + " ORDER BY id");
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
