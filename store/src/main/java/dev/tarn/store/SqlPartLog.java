package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What became of partitions, in `tarn_parts`.
record SqlPartLog(Sql sql, Scope scope) implements PartLog {

  @Override
  public void put(List<PartRecord> parts) {
    sql.changeEach(
        "DELETE FROM tarn_parts WHERE branch = ? AND table_name = ? AND part = ?",
        parts,
        one -> new Object[] {scope.branch(), one.table(), one.part()});
    sql.changeEach(
        """
        INSERT INTO tarn_parts (branch, table_name, part, fingerprint, inputs, made, run, at, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        parts,
        one ->
            new Object[] {
              scope.branch(),
              one.table(),
              one.part(),
              one.fingerprint(),
              one.inputs(),
              one.made(),
              one.run(),
              one.at(),
              one.reason()
            });
  }

  @Override
  public List<PartRecord> ofTable(TableName table) {
    return sql.list(
        SqlPartLog::read,
        """
        SELECT table_name, part, fingerprint, inputs, made, run, at, reason
        FROM tarn_parts WHERE branch = ? AND table_name = ?\
        """,
        scope.branch(),
        table);
  }

  private static PartRecord read(Row row) {
    return new PartRecord(
        row.table(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.truth(5),
        row.run(6),
        row.instant(7),
        row.text(8));
  }
}
