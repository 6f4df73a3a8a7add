package dev.tarn.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Removes copies of source files that have been kept for long enough. What was taken from them is
/// in the tables, and that it was taken is known without them.
final class RawSweep {
  private static final String NAME = "[0-9a-f]{64}";

  private final Path raw;
  private final Set<String> kept;

  /// @param kept contents that stay whatever their age
  RawSweep(Path raw, Set<String> kept) {
    this.raw = raw;
    this.kept = Set.copyOf(kept);
  }

  /// @param dry only counts
  Sweep olderThan(Instant limit, boolean dry) {
    Sweep swept = Sweep.NOTHING;
    try {
      for (Path file : copies()) {
        swept = swept.plus(one(file, limit, dry));
      }
      return swept;
    } catch (IOException e) {
      throw LakeFailures.of(e, "sweeping " + raw);
    } catch (UncheckedIOException e) {
      throw LakeFailures.of(e, "sweeping " + raw);
    }
  }

  private List<Path> copies() throws IOException {
    if (!Files.isDirectory(raw)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(raw)) {
      return all.filter(path -> isCopy(path.getFileName().toString())).toList();
    }
  }

  private boolean isCopy(String name) {
    return name.matches(NAME) && !kept.contains(name);
  }

  private static Sweep one(Path file, Instant limit, boolean dry) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()
          || !attributes.lastModifiedTime().toInstant().isBefore(limit)) {
        return Sweep.NOTHING;
      }
      if (!dry) {
        Files.delete(file);
      }
      return new Sweep(1, attributes.size());
    } catch (NoSuchFileException _) {
      return Sweep.NOTHING;
    }
  }
}
