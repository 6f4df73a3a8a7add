package dev.tarn.ingest.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects the lines of one file that are kept aside, on disk, however many. Safe to use from
/// several threads.
final class RejectedLines implements AutoCloseable {
  private static final int SAMPLES = 5;

  private final Path file;
  private Optional<BufferedWriter> out = Optional.empty();
  private final List<String> samples = new ArrayList<>();
  private long count;

  /// @param file made when the first line comes
  RejectedLines(Path file) {
    this.file = file;
  }

  /// One line or record that can't be landed.
  ///
  /// @param column the offending column, or empty
  /// @param text what stands there, cut when it is long
  /// @param bytes its full length
  record Rejected(
      String source, long line, String column, String text, long bytes, String reason) {}

  synchronized void add(Rejected line) {
    try {
      BufferedWriter out = writer();
      out.write("{\"_source\":" + JsonText.quoted(line.source()) + ",\"line\":" + line.line());
      if (!line.column().isEmpty()) {
        out.write(",\"column_name\":" + JsonText.quoted(line.column()));
      }
      out.write(",\"text\":" + JsonText.quoted(line.text()) + ",\"text_bytes\":" + line.bytes());
      out.write(",\"reason\":" + JsonText.quoted(line.reason()) + "}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    count++;
    if (samples.size() < SAMPLES) {
      samples.add(line.source() + ":" + line.line() + "  " + line.reason());
    }
  }

  private BufferedWriter writer() throws IOException {
    if (out.isEmpty()) {
      out = Optional.of(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }
    return out.get();
  }

  synchronized long count() {
    return count;
  }

  /// The first few, for people.
  synchronized List<String> samples() {
    return List.copyOf(samples);
  }

  /// The lines as NDJSON, all written; only there when there are any.
  Path file() {
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      if (out.isPresent()) {
        out.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
