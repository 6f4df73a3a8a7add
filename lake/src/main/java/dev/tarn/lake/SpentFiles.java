package dev.tarn.lake;

import dev.tarn.store.FileRecord;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;

/// Finds and removes the files that only expired versions needed. Only files whose publish the
/// metadata database knows are looked at: what was never published is the sweep's.
final class SpentFiles {
  private final Catalog catalog;
  private final RecentVersions recent;

  /// @param recent versions whose files stay although they are no longer current
  SpentFiles(Catalog catalog, RecentVersions recent) {
    this.catalog = catalog;
    this.recent = recent;
  }

  /// @param planned what the tables are about to become
  Spent find(Collection<TableName> tables, Map<TableName, TableMetadata> planned) {
    List<FileRecord> known = new ArrayList<>();
    catalog.held().stream()
        .map(Pointer::name)
        .distinct()
        .filter(new HashSet<>(tables)::contains)
        .forEach(name -> known.addAll(catalog.store().read(read -> read.files().ofTable(name))));
    // Only now: what a run on a branch publishes meanwhile is either not known, or seen as needed.
    Set<String> needed = needed(catalog.held(), planned);
    List<FileRecord> spent =
        known.stream()
            .filter(file -> !needed.contains(file.path()))
            .filter(file -> !file.path().endsWith(ConsumedJournal.SUFFIX))
            .toList();
    Map<TableName, Sweep> sums = new HashMap<>();
    spent.forEach(file -> sums.merge(file.table(), new Sweep(1, file.bytes()), Sweep::plus));
    return new Spent(spent.stream().map(FileRecord::path).toList(), sums);
  }

  /// Of all tables: a file may be part of more than one.
  private Set<String> needed(List<Pointer> pointers, Map<TableName, TableMetadata> planned) {
    LiveFiles live = new LiveFiles(catalog);
    live.paths().addAll(catalog.parted());
    for (Pointer pointer : pointers) {
      Optional<TableMetadata> next =
          Optional.ofNullable(planned.get(pointer.name()))
              .filter(_ -> catalog.pointer(pointer.name()).equals(Optional.of(pointer)));
      if (next.isPresent()) {
        live.add(pointer.name(), next.get());
      } else {
        live.add(pointer);
      }
      if (!pointer.view()) {
        live.addRecent(pointer, recent);
      }
    }
    return live.paths();
  }

  void remove(Spent spent) {
    for (String path : spent.paths()) {
      try {
        Files.deleteIfExists(LakeFiles.path(path));
      } catch (IOException e) {
        throw LakeFailures.of(e, "removing " + path);
      }
    }
    if (!spent.paths().isEmpty()) {
      catalog.store().writeAgain(write -> write.files().remove(spent.paths()));
    }
  }
}
