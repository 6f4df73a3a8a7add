package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// The states in `tarn_states`.
record SqlTableStates(Sql sql, Scope scope) implements TableStates {
  private static final String COLUMNS =
      """
      SELECT table_name, fingerprint, metadata_location, inputs, run, at, row_count, bytes, description
      FROM tarn_states\
      """;
  private static final String OF = " WHERE branch = ?";

  @Override
  public void put(TableState state) {
    sql.change(
        """
        INSERT INTO tarn_states (branch, table_name, fingerprint, metadata_location, inputs, run, at,
          row_count, bytes, description)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (branch, table_name) DO UPDATE SET fingerprint = excluded.fingerprint,
          metadata_location = excluded.metadata_location, inputs = excluded.inputs, run = excluded.run,
          at = excluded.at, row_count = excluded.row_count, bytes = excluded.bytes,
          description = excluded.description\
        """,
        scope.branch(),
        state.table(),
        state.fingerprint(),
        state.metadataLocation(),
        Lines.of(state.inputs()),
        state.run(),
        state.at(),
        state.rows(),
        state.bytes(),
        state.description());
  }

  @Override
  public Optional<TableState> find(TableName table) {
    return sql.first(
        SqlTableStates::read, COLUMNS + OF + " AND table_name = ?", scope.branch(), table);
  }

  @Override
  public List<TableState> all() {
    return sql.list(SqlTableStates::read, COLUMNS + OF + " ORDER BY table_name", scope.branch());
  }

  @Override
  public void remove(TableName table) {
    sql.change(
        "DELETE FROM tarn_states WHERE branch = ? AND table_name = ?", scope.branch(), table);
  }

  private static TableState read(Row row) {
    return new TableState(
        row.table(1),
        row.text(2),
        row.text(3),
        Lines.readMap(row.text(4)),
        row.run(5),
        row.instant(6),
        row.number(7),
        row.number(8),
        row.text(9));
  }
}
