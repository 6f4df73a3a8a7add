package dev.tarn.store;

import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashSet;
import java.util.List;

/// The edges in `tarn_lineage`.
record SqlLineageLog(Sql sql) implements LineageLog {
  private static final String COLUMNS =
      "SELECT table_name, column_name, from_table, from_column, kind FROM tarn_lineage";

  @Override
  public void replace(TableName table, List<LineageEdge> edges) {
    sql.change("DELETE FROM tarn_lineage WHERE table_name = ?", table);
    sql.changeEach(
        """
        INSERT INTO tarn_lineage (table_name, column_name, from_table, from_column, kind)
        VALUES (?, ?, ?, ?, ?)\
        """,
        new LinkedHashSet<>(edges),
        edge ->
            new Object[] {table, edge.column(), edge.fromTable(), edge.fromColumn(), edge.kind()});
  }

  @Override
  public List<LineageEdge> into(TableName table) {
    return sql.list(SqlLineageLog::read, COLUMNS + " WHERE table_name = ? ORDER BY id", table);
  }

  @Override
  public List<LineageEdge> outOf(TableName table) {
    return sql.list(
        SqlLineageLog::read, COLUMNS + " WHERE from_table = ? ORDER BY table_name, id", table);
  }

  @Override
  public List<LineageEdge> all() {
    return sql.list(SqlLineageLog::read, COLUMNS + " ORDER BY table_name, id");
  }

  private static LineageEdge read(Row row) {
    return new LineageEdge(row.table(1), row.text(2), row.table(3), row.text(4), row.text(5));
  }
}
