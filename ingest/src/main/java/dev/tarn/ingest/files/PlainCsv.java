package dev.tarn.ingest.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Writes CSV that cannot be read in two ways: every value is quoted, no value is nothing at all.
final class PlainCsv implements AutoCloseable {
  private final BufferedWriter out;
  private boolean begun;

  PlainCsv(Path file) throws IOException {
    this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  void value(Optional<String> value) throws IOException {
    if (begun) {
      out.write(',');
    }
    begun = true;
    if (value.isPresent()) {
      out.write('"');
      out.write(value.get().replace("\"", "\"\""));
      out.write('"');
    }
  }

  void endRow() throws IOException {
    out.write('\n');
    begun = false;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
