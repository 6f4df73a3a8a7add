package dev.tarn.store;

import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// The drifts in `tarn_drifts`.
record SqlDriftLog(Sql sql, Scope scope) implements DriftLog {
  private static final String COLUMNS =
      """
      SELECT table_name, item, column_name, change, type_before, type_after, action, run, at
      FROM tarn_drifts\
      """;
  private static final String SEEN = " WHERE " + Scope.seen("id");

  @Override
  public void add(List<Drift> drifts) {
    sql.changeEach(
        """
        INSERT INTO tarn_drifts (branch, table_name, item, column_name, change, type_before, type_after, action, run, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        drifts,
        drift ->
            new Object[] {
              scope.branch(),
              drift.table(),
              drift.item(),
              drift.column(),
              drift.change(),
              drift.before(),
              drift.after(),
              drift.action(),
              drift.run(),
              drift.at()
            });
  }

  @Override
  public List<Drift> ofTable(TableName table) {
    return sql.list(
        SqlDriftLog::read,
        COLUMNS + SEEN + " AND table_name = ? ORDER BY id",
        scope.branch(),
        scope.past().drifts(),
        table);
  }

  @Override
  public List<Drift> all() {
    return sql.list(
        SqlDriftLog::read, COLUMNS + SEEN + " ORDER BY id", scope.branch(), scope.past().drifts());
  }

  private static Drift read(Row row) {
    return new Drift(
        row.table(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.run(8),
        row.instant(9));
  }
}
