package dev.tarn.app.command;

import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file being written under another name, which takes its own name only when it is whole.
///
/// @param output the name it is to have
/// @param path where it is written meanwhile
record Unfinished(Path output, Path path) implements AutoCloseable {

  static Unfinished of(Path output) {
    return new Unfinished(output, output.resolveSibling(output.getFileName() + ".unfinished"));
  }

  /// It is whole: it replaces what had the name.
  void finish() {
    try {
      Files.move(path, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.retry(
          output + " can't be written: " + e.getMessage(), "choose another --output", e);
    }
  }

  /// Removes what was not finished.
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // It holds nothing of value, and its name says so.
    }
  }
}
