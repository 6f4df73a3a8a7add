package dev.tarn.app.command;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes an answer to one Parquet file, which appears only when it is whole.
final class ParquetOutput {

  private ParquetOutput() {}

  static void write(EngineConnection connection, String sql, Path output) {
    Path unfinished = output.resolveSibling(output.getFileName() + ".unfinished");
    try {
      connection.execute(
          "COPY ("
              + sql.strip().replaceAll(";+\\s*$", "")
              + "\n) TO "
              + Identifiers.literal(unfinished.toString())
              + " (FORMAT parquet, COMPRESSION zstd)");
      Files.move(
          unfinished, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.retry(
          output + " can't be written: " + e.getMessage(), "choose another --output", e);
    } finally {
      remove(unfinished);
    }
  }

  private static void remove(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException _) {
      // It holds nothing of value, and its name says so.
    }
  }
}
