package dev.tarn.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The process of the PostgreSQL server that does what the writer asks.
///
/// When the network is cut, the server may not notice for hours: the process keeps its locks, and a
/// commit that it has received may still be under way while we ask whether it happened.
final class ServerSide {
  private static final int PATIENCE_MILLIS = 10_000;

  private Optional<Backend> writer = Optional.empty();

  /// @param startedAt with the number it names one process for ever; numbers are used again
  private record Backend(int pid, String startedAt) {}

  /// Ends the process of the writer before, when it still lives, and remembers that of this one.
  void replaceWriter(Connection connection) throws SQLException {
    endWriter(connection);
    try {
      writer =
          new Sql(connection)
              .first(
                  row -> new Backend(row.integer(1), row.text(2)),
                  "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()");
    } catch (SqlProblem e) {
      throw e.sql();
    }
  }

  /// Returns when the process is gone: what it was asked to commit is committed, or never will be.
  void endWriter(Connection connection) throws SQLException {
    if (writer.isEmpty()) {
      return;
    }
    Backend old = writer.get();
    try {
      new Sql(connection)
          .list(
              row -> row.text(1),
              """
              SELECT pg_terminate_backend(pid, ?)::text FROM pg_stat_activity
              WHERE pid = ? AND backend_start::text = ?\
              """,
              PATIENCE_MILLIS,
              old.pid(),
              old.startedAt());
    } catch (SqlProblem e) {
      throw e.sql();
    }
    writer = Optional.empty();
  }
}
