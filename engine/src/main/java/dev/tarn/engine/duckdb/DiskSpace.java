package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says which disk is full.
final class DiskSpace {

  private DiskSpace() {}

  static boolean isFull(IOException error) {
    return String.valueOf(error.getMessage()).contains("No space left on device");
  }

  static Failure full(Optional<String> path, Throwable cause) {
    String disk = path.map(Path::of).map(DiskSpace::describe).orElse("a disk");
    return Failure.retry(disk + " is full", "free some space there, then do the same again", cause);
  }

  private static String describe(Path path) {
    @Nullable Path existing = path;
    while (existing != null && !Files.isDirectory(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return "the disk of " + path;
    }
    try {
      return "the disk of " + existing + ", " + Files.getFileStore(existing) + ",";
    } catch (IOException _) {
      return "the disk of " + existing;
    }
  }
}
