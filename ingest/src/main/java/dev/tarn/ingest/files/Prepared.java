package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One plain file that the engine can read whole: what can't be read has been kept aside.
///
/// @param file the file it came from, by its place in the landing
/// @param label as rows name it
/// @param columns what it has; JSON columns as they are in this file alone, and later as they are
///   read
/// @param shape what JSON looks like, to be joined with other files'
/// @param readable what the engine is to read; for JSON it may still have to be written
/// @param rows good rows
/// @param rejected rows kept aside
/// @param texts gives rows back as they stood in the file
/// @param plainest how to write them when the engine stumbles
record Prepared(
    int file,
    String label,
    List<Column> columns,
    Optional<JsonShape> shape,
    Path readable,
    Reading reading,
    long rows,
    long rejected,
    RecordTexts texts,
    Rewriting plainest) {

  Prepared {
    columns = List.copyOf(columns);
  }

  Prepared reading(Path other, Reading how) {
    return new Prepared(file, label, columns, shape, other, how, rows, rejected, texts, plainest);
  }

  Prepared withColumns(List<Column> others) {
    return new Prepared(
        file, label, others, shape, readable, reading, rows, rejected, texts, plainest);
  }

  Prepared rejecting(long more) {
    return new Prepared(
        file, label, columns, shape, readable, reading, rows, rejected + more, texts, plainest);
  }

  /// Writes the good rows once more, in the plainest form there is, for when the engine reads them
  /// otherwise than we do.
  @FunctionalInterface
  interface Rewriting {
    Prepared of(Prepared prepared) throws IOException;
  }

  /// Opens a file to walk over its good rows.
  @FunctionalInterface
  interface RecordTexts {
    Walk open() throws IOException;
  }

  /// A walk over a file's good rows, forwards.
  interface Walk extends AutoCloseable {

    /// Goes to the next good row; false after the last.
    boolean next() throws IOException;

    long line();

    long bytes();

    String shown();

    @Override
    void close() throws IOException;
  }
}
