package dev.tarn.engine.duckdb;

import dev.tarn.lake.WriteTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Does in a second pass what one COPY can't: order within partitions, and ordered files of a
/// limited size.
final class FileRewrites {
  /// A file may be this much larger than asked for before it is worth splitting.
  private static final double TOLERANCE = 1.5;

  private final WriteTarget target;
  private final Path staging;
  private final Connection connection;
  private int made;

  FileRewrites(WriteTarget target, Path staging, Connection connection) {
    this.target = target;
    this.staging = staging;
    this.connection = connection;
  }

  List<CopiedFile> of(List<CopiedFile> files, boolean inOrder) throws SQLException, IOException {
    List<CopiedFile> done = new ArrayList<>();
    for (CopiedFile file : files) {
      if (!target.partition().isEmpty() && !target.sort().isEmpty()) {
        done.add(rewritten(file, CopySql.order(target)));
        Files.delete(file.path());
      } else if (inOrder && file.bytes() > target.fileBytes() * TOLERANCE) {
        done.addAll(split(file));
        Files.delete(file.path());
      } else {
        done.add(file);
      }
    }
    return done;
  }

  private List<CopiedFile> split(CopiedFile file) throws SQLException {
    List<CopiedFile> parts = new ArrayList<>();
    long count = Math.ceilDiv(file.bytes(), target.fileBytes());
    long rows = Math.ceilDiv(file.rows(), count);
    for (long from = 0; from < file.rows(); from += rows) {
      parts.add(
          rewritten(
              file,
              " WHERE file_row_number >= " + from + " AND file_row_number < " + (from + rows)));
    }
    return parts;
  }

  private CopiedFile rewritten(CopiedFile file, String clause) throws SQLException {
    Path to = staging.resolve("rewritten-" + made++ + ".parquet");
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(CopySql.rewrite(target, file.path(), clause, to))) {
      result.next();
      return CopiedFile.of(result).withKeys(file.keys());
    }
  }
}
