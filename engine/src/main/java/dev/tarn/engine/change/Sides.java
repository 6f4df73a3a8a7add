package dev.tarn.engine.change;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.TableName;

/// Makes one side of a difference readable for several passes.
final class Sides {
  /// So few rows are rather held than looked for twice.
  private static final long MOST_HELD = 500_000;

  private Sides() {}

  /// Single rows out of large files are held in memory: to find them costs more than to keep them.
  static void expose(
      EngineSession session, EngineConnection connection, TableName name, Scan scan) {
    session.expose(name, scan);
    boolean chosen = scan.files().stream().anyMatch(file -> !file.only().isEmpty());
    if (chosen && most(scan) < MOST_HELD) {
      connection.hold("SELECT * FROM " + name.sql(), name, scan.schema());
    }
  }

  private static long most(Scan scan) {
    return scan.files().stream().mapToLong(Sides::most).sum();
  }

  private static long most(ScanFile file) {
    long listed = file.only().stream().mapToLong(list -> list.rows()).sum();
    return file.only().isEmpty() ? file.rows() : Math.min(listed, file.rows());
  }
}
