package dev.tarn.app.command;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Identifiers;
import java.nio.file.Path;

/// Writes an answer to one Parquet file, which appears only when it is whole.
final class ParquetOutput {

  private ParquetOutput() {}

  static void write(EngineConnection connection, String sql, Path output) {
    try (Unfinished file = Unfinished.of(output)) {
      connection.execute(
          "COPY ("
              + sql.strip().replaceAll(";+\\s*$", "")
              + "\n) TO "
              + Identifiers.literal(file.path().toString())
              + " (FORMAT parquet, COMPRESSION zstd)");
      file.finish();
    }
  }
}
