package dev.tarn.store;

import java.util.List;

/// What was dropped, in `tarn_dropped`.
record SqlDroppedLog(Sql sql) implements DroppedLog {

  @Override
  public void add(Dropped dropped) {
    sql.change(
        "INSERT INTO tarn_dropped (table_name, metadata_location, is_view, run, at) VALUES (?, ?, ?, ?, ?)",
        dropped.table(),
        dropped.metadataLocation(),
        dropped.view(),
        dropped.run(),
        dropped.at());
  }

  @Override
  public List<Dropped> all() {
    return sql.list(
        SqlDroppedLog::read,
        "SELECT table_name, metadata_location, is_view, run, at FROM tarn_dropped ORDER BY id DESC");
  }

  @Override
  public boolean remove(Dropped dropped) {
    return sql.change(
            "DELETE FROM tarn_dropped WHERE table_name = ? AND metadata_location = ?",
            dropped.table(),
            dropped.metadataLocation())
        > 0;
  }

  private static Dropped read(Row row) {
    return new Dropped(row.table(1), row.text(2), row.truth(3), row.run(4), row.instant(5));
  }
}
