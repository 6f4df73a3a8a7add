package dev.tarn.store;

import java.util.List;

/// What was dropped, in `tarn_dropped`.
record SqlDroppedLog(Sql sql, Scope scope) implements DroppedLog {
  private static final String COLUMNS =
      "SELECT table_name, metadata_location, is_view, run, at FROM tarn_dropped";

  @Override
  public void add(Dropped dropped) {
    sql.change(
        """
        INSERT INTO tarn_dropped (branch, table_name, metadata_location, is_view, run, at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        scope.branch(),
        dropped.table(),
        dropped.metadataLocation(),
        dropped.view(),
        dropped.run(),
        dropped.at());
  }

  @Override
  public List<Dropped> all() {
    return sql.list(
        SqlDroppedLog::read, COLUMNS + " WHERE branch = ? ORDER BY id DESC", scope.branch());
  }

  @Override
  public boolean remove(Dropped dropped) {
    return sql.change(
            "DELETE FROM tarn_dropped WHERE branch = ? AND table_name = ? AND metadata_location = ?",
            scope.branch(),
            dropped.table(),
            dropped.metadataLocation())
        > 0;
  }

  @Override
  public List<Dropped> everywhere() {
    return sql.list(SqlDroppedLog::read, COLUMNS).stream().distinct().toList();
  }

  private static Dropped read(Row row) {
    return new Dropped(row.table(1), row.text(2), row.truth(3), row.run(4), row.instant(5));
  }
}
