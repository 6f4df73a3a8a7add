package dev.tarn.engine.duckdb;

import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBConnection;

/// Reads a snapshot with a column that tells its rows apart: by their places in the files, or,
/// where the files differ too much in layout for that, by the numbers of a copy.
final class NumberedRows {
  private static final String SCHEMA = "__tarn_numbered";

  private final DuckDBConnection connection;

  NumberedRows(DuckDBConnection connection) {
    this.connection = connection;
  }

  String query(Scan scan, String rowColumn) throws SQLException {
    if (scan.files().isEmpty()) {
      return ScanSql.empty(
          scan.schema().plus(List.of(Column.of(rowColumn, Type.Primitive.BIGINT))));
    }
    return ScanLayout.simple(scan) ? ScanSql.numbered(scan, rowColumn) : copied(scan, rowColumn);
  }

  private String copied(Scan scan, String rowColumn) throws SQLException {
    String table = SCHEMA + ".t" + UUID.randomUUID().toString().replace("-", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
      statement.execute("CREATE TABLE " + table + " AS " + new ScanLayout(connection).query(scan));
    }
    return "SELECT *, rowid AS " + Identifiers.quote(rowColumn) + " FROM " + table;
  }
}
