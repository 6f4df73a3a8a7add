package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// Removes files that nothing needs. What cannot be read for certain is an error, and then nothing
/// is removed.
final class OrphanSweep {
  private final Catalog catalog;
  private final Path warehouse;
  private final Optional<RecentVersions> spared;

  OrphanSweep(Catalog catalog, Path warehouse) {
    this(catalog, warehouse, Optional.empty());
  }

  /// @param spared versions whose files stay although they are no longer current
  OrphanSweep(Catalog catalog, Path warehouse, RecentVersions spared) {
    this(catalog, warehouse, Optional.of(spared));
  }

  private OrphanSweep(Catalog catalog, Path warehouse, Optional<RecentVersions> spared) {
    this.catalog = catalog;
    this.warehouse = warehouse;
    this.spared = spared;
  }

  /// Files of runs that go on are left alone whatever their age.
  Sweep olderThan(Instant limit) {
    return sweep(aged(limit));
  }

  /// What [#olderThan] would remove, not counting these files.
  Sweep countOlderThan(Instant limit, Collection<String> besides) {
    Set<Path> counted = besides.stream().map(LakeFiles::path).collect(Collectors.toSet());
    return count(
        orphans(aged(limit), new ArrayList<>()).stream()
            .filter(path -> !counted.contains(path))
            .toList());
  }

  private BiPredicate<Path, BasicFileAttributes> aged(Instant limit) {
    Set<String> running =
        catalog.store().read(read -> read.runs().runningEverywhere()).stream()
            .map(run -> run.run().value())
            .collect(Collectors.toSet());
    return (path, attributes) ->
        attributes.lastModifiedTime().toInstant().isBefore(limit) && !namesOneOf(path, running);
  }

  Sweep ofRuns(Collection<RunId> dead) {
    Set<String> runs = dead.stream().map(RunId::value).collect(Collectors.toSet());
    return runs.isEmpty() ? Sweep.NOTHING : sweep((path, _) -> namesOneOf(path, runs));
  }

  private Sweep sweep(BiPredicate<Path, BasicFileAttributes> chosen) {
    List<Path> folders = new ArrayList<>();
    Sweep swept = remove(orphans(chosen, folders));
    removeEmpty(folders);
    return swept;
  }

  /// The files are listed before the pointers are read: what is published in between is then seen
  /// as needed.
  private List<Path> orphans(BiPredicate<Path, BasicFileAttributes> chosen, List<Path> folders) {
    List<Path> candidates = new ArrayList<>();
    walk(chosen, candidates, folders);
    if (candidates.isEmpty()) {
      return List.of();
    }
    LiveFiles live = new LiveFiles(catalog);
    live.paths().addAll(catalog.parted());
    for (Pointer pointer : catalog.held()) {
      live.add(pointer);
      spared.filter(_ -> !pointer.view()).ifPresent(versions -> live.addRecent(pointer, versions));
    }
    Set<Path> needed = live.paths().stream().map(LakeFiles::path).collect(Collectors.toSet());
    needed.addAll(journals(candidates));
    return candidates.stream().filter(path -> !needed.contains(path)).toList();
  }

  /// A journal of what was consumed is needed when it was published.
  private Set<Path> journals(List<Path> candidates) {
    List<String> found =
        candidates.stream()
            .map(Path::toString)
            .filter(path -> path.endsWith(ConsumedJournal.SUFFIX))
            .toList();
    return found.isEmpty()
        ? Set.of()
        : catalog.store().read(read -> read.files().find(found)).keySet().stream()
            .map(Path::of)
            .collect(Collectors.toSet());
  }

  private void walk(
      BiPredicate<Path, BasicFileAttributes> chosen, List<Path> candidates, List<Path> folders) {
    Path raw = warehouse.resolve("raw");
    Path unfinished = raw.resolve("tmp");
    try {
      if (!Files.isDirectory(warehouse)) {
        return;
      }
      Files.walkFileTree(
          warehouse,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              boolean kept =
                  file.endsWith(PublishQueue.FILE)
                      || file.startsWith(raw) && !file.startsWith(unfinished);
              if (!kept && chosen.test(file, attributes)) {
                candidates.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (chosen.test(folder, attributes) && !folder.equals(warehouse)) {
                folders.add(folder);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error)
                throws IOException {
              if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw error;
            }
          });
    } catch (IOException e) {
      throw LakeFailures.of(e, "sweeping " + warehouse);
    }
  }

  private Sweep count(List<Path> orphans) {
    try {
      long bytes = 0;
      for (Path orphan : orphans) {
        bytes += Files.exists(orphan) ? Files.size(orphan) : 0;
      }
      return new Sweep(orphans.size(), bytes);
    } catch (IOException e) {
      throw LakeFailures.of(e, "sweeping " + warehouse);
    }
  }

  private Sweep remove(List<Path> orphans) {
    long bytes = 0;
    int count = 0;
    try {
      for (Path orphan : orphans) {
        long size = Files.exists(orphan) ? Files.size(orphan) : 0;
        if (Files.deleteIfExists(orphan)) {
          bytes += size;
          count++;
        }
      }
    } catch (IOException e) {
      throw LakeFailures.of(e, "sweeping " + warehouse);
    }
    List<String> gone = orphans.stream().map(Path::toString).toList();
    if (!gone.isEmpty()) {
      catalog.store().writeAgain(write -> write.files().remove(gone));
    }
    return new Sweep(count, bytes);
  }

  /// The deepest first; those that still hold something stay.
  private void removeEmpty(List<Path> folders) {
    for (Path folder : folders.reversed()) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException _) {
        continue;
      } catch (IOException e) {
        throw LakeFailures.of(e, "sweeping " + folder);
      }
    }
  }

  private boolean namesOneOf(Path path, Set<String> runs) {
    String text = warehouse.relativize(path).toString();
    return runs.stream().anyMatch(text::contains);
  }
}
