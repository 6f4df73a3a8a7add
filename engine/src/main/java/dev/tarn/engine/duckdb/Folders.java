package dev.tarn.engine.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders on disk.
final class Folders {

  private Folders() {}

  /// Makes a folder if that is possible; where it is not, what needs it says so.
  static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException _) {
      return;
    }
  }

  /// Deletes a folder with all in it, as far as that is possible: what stays is an orphan that
  /// upkeep sweeps.
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      return;
    }
  }

  /// Deletes the files of a folder whose names begin so, as far as that is possible.
  static void deleteNamed(Path folder, String beginning) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, beginning + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException _) {
      return;
    }
  }

  /// Makes the names in a folder durable.
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
