package dev.tarn.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Folders whose entries are on disk, so that what was made in them is there after a power cut.
final class DurableFolder {
  private DurableFolder() {}

  /// Makes the folder and those above it that are missing.
  static void make(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    @Nullable Path above = folder;
    while (above != null && !Files.isDirectory(above)) {
      above = above.getParent();
      if (above != null) {
        missing.push(above);
      }
    }
    Files.createDirectories(folder);
    for (Path grown : missing) {
      sync(grown);
    }
  }

  /// Windows opens no folder as a file, and needs none of this.
  static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
