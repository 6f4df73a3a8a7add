package dev.tarn.engine.change;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.TableName;

/// How many rows a scan has: as its files' makers counted them where that is certain, else counted.
final class RowCount {

  private RowCount() {}

  /// @param name where the scan is exposed when it must be counted
  static long of(EngineSession session, EngineConnection connection, TableName name, Scan scan) {
    boolean chosen = scan.files().stream().anyMatch(file -> !file.only().isEmpty());
    if (scan.counted() && !chosen || scan.columns().isEmpty()) {
      return scan.rows();
    }
    session.expose(name, scan);
    return number(connection, "SELECT count(*) FROM " + name.sql());
  }

  static long number(EngineConnection connection, String sql) {
    Object found = connection.query(sql, 1).rows().getFirst().getFirst();
    return found instanceof Number number ? number.longValue() : 0;
  }
}
