package dev.tarn.store;

import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashSet;
import java.util.List;

/// The edges in `tarn_lineage`.
record SqlLineageLog(Sql sql, Scope scope) implements LineageLog {
  private static final String COLUMNS =
      "SELECT table_name, column_name, from_table, from_column, kind FROM tarn_lineage";
  private static final String OF = " WHERE branch = ?";

  @Override
  public void replace(TableName table, List<LineageEdge> edges) {
    sql.change(
        "DELETE FROM tarn_lineage WHERE branch = ? AND table_name = ?", scope.branch(), table);
    sql.changeEach(
        """
        INSERT INTO tarn_lineage (branch, table_name, column_name, from_table, from_column, kind)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        new LinkedHashSet<>(edges),
        edge ->
            new Object[] {
              scope.branch(), table, edge.column(), edge.fromTable(), edge.fromColumn(), edge.kind()
            });
  }

  @Override
  public List<LineageEdge> into(TableName table) {
    return sql.list(
        SqlLineageLog::read,
        COLUMNS + OF + " AND table_name = ? ORDER BY id",
        scope.branch(),
        table);
  }

  @Override
  public List<LineageEdge> outOf(TableName table) {
    return sql.list(
        SqlLineageLog::read,
        COLUMNS + OF + " AND from_table = ? ORDER BY table_name, id",
        scope.branch(),
        table);
  }

  @Override
  public List<LineageEdge> all() {
    return sql.list(SqlLineageLog::read, COLUMNS + OF + " ORDER BY table_name, id", scope.branch());
  }

  private static LineageEdge read(Row row) {
    return new LineageEdge(row.table(1), row.text(2), row.table(3), row.text(4), row.text(5));
  }
}
