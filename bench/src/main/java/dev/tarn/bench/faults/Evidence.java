package dev.tarn.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps the project as a fault left it, and as it was found wrong, for whoever wants to know why.
///
/// @param before a copy of it, from when nothing was mended yet
record Evidence(Path project, Path before) {
  private static final int MOST = 5;

  static Evidence of(Path project) {
    Path before = project.resolveSibling("left-by-the-fault");
    Scratch.remove(before);
    if (Files.exists(project)) {
      copy(project, before);
    }
    return new Evidence(project, before);
  }

  /// All files but the database's are written once. Those another program copies: when this process
  /// closes a file that its SQLite has open, SQLite's locks on it are gone.
  private static void copy(Path from, Path to) {
    Scratch.copy(
        from,
        to,
        (name, file, copy) -> {
          if (name.getFileName().toString().startsWith("tarn.db")) {
            PowerCut.command("cp", file.toString(), copy.toString());
          } else {
            Files.createLink(copy, file);
          }
        });
  }

  void keepIfWrong(Figures figures) {
    Path kept = project.resolveSibling("evidence");
    Path place = kept.resolve("trial-" + figures.trials());
    if (!figures.complainedAgain() || Files.exists(place) || isEnough(kept)) {
      return;
    }
    try {
      Files.createDirectories(place);
      Files.move(before, place.resolve("before"));
      copy(project, place.resolve("after"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEnough(Path kept) {
    String[] trials = kept.toFile().list();
    return trials != null && trials.length >= MOST;
  }
}
