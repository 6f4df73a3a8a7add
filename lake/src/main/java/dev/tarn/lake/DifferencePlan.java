package dev.tarn.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Works out which files only one of two versions has, and which rows of the files that both have
/// were deleted. Manifests that both versions have are not even opened, unless rows were deleted in
/// files that they name, so that the cost follows the change.
final class DifferencePlan {
  private final TableMetadata table;
  private final ScanPlan plan;

  DifferencePlan(TableMetadata table, ScanPlan plan) {
    this.table = table;
    this.plan = plan;
  }

  /// A version with the columns it had.
  record Version(Snapshot snapshot, Schema schema) {}

  Difference between(Version before, Version after) {
    plan.refuseDefaults(before.schema());
    plan.refuseDefaults(after.schema());
    Map<String, ManifestFile> old = manifests(before.snapshot());
    Map<String, ManifestFile> fresh = manifests(after.snapshot());
    Map<String, Long> both = counted(old, fresh.keySet());
    Map<String, DataFile> gone = files(old, both.keySet());
    Map<String, DataFile> come = files(fresh, both.keySet());
    Map<String, DataFile> common = common(gone, come);
    ChangedDeletes deletes =
        new ChangedDeletes(plan.deleteFiles(before.snapshot()), plan.deleteFiles(after.snapshot()));
    Set<String> wanted = new HashSet<>(deletes.files());
    wanted.removeAll(gone.keySet());
    wanted.removeAll(come.keySet());
    Collection<DataFile> touched =
        deletes.any() ? touched(deletes.named(), wanted, common, fresh, both.keySet()) : List.of();
    long shared =
        both.values().stream().mapToLong(Long::longValue).sum()
            + common.values().stream().mapToLong(DataFile::recordCount).sum()
            - deletes.listed(come);
    SharedColumns columns =
        new SharedColumns(TypeMapping.nodes(before.schema()), TypeMapping.nodes(after.schema()));
    List<PlannedFile> removed = planned(gone, deletes.was());
    List<PlannedFile> added = planned(come, deletes.now());
    if (!accumulated(after, before)) {
      removed.addAll(deletes.removed(touched));
    }
    if (!accumulated(before, after)) {
      added.addAll(deletes.restored(touched));
    }
    return new Difference(
        Snapshots.info(table, before.snapshot()),
        Snapshots.info(table, after.snapshot()),
        scan(before, columns, removed),
        scan(after, columns, added),
        shared,
        columns.changes());
  }

  /// Whether one version was made on top of the other by Tarn alone, which never takes a deletion
  /// back.
  private boolean accumulated(Version first, Version then) {
    Optional<Snapshot> next = Optional.of(then.snapshot());
    while (next.isPresent() && next.get().snapshotId() != first.snapshot().snapshotId()) {
      if (!Snapshots.summary(next.get()).containsKey(SnapshotStage.RUN)) {
        return false;
      }
      next = Optional.ofNullable(next.get().parentId()).map(table::snapshot);
    }
    return next.isPresent();
  }

  private Map<String, ManifestFile> manifests(Snapshot snapshot) {
    Map<String, ManifestFile> manifests = new HashMap<>();
    plan.manifests(snapshot).forEach(manifest -> manifests.put(manifest.path(), manifest));
    return manifests;
  }

  /// The rows of those manifests that the other version has too, where their makers counted them.
  private static Map<String, Long> counted(
      Map<String, ManifestFile> manifests, Set<String> others) {
    Map<String, Long> rows = new HashMap<>();
    manifests.forEach((path, manifest) -> {
      Long existing = manifest.existingRowsCount();
      Long added = manifest.addedRowsCount();
      if (others.contains(path) && existing != null && added != null) {
        rows.put(path, existing + added);
      }
    });
    return rows;
  }

  /// The live files of all manifests but the shared ones.
  private Map<String, DataFile> files(Map<String, ManifestFile> manifests, Set<String> shared) {
    List<ManifestFile> own = new ArrayList<>();
    manifests.forEach((path, manifest) -> {
      if (!shared.contains(path)) {
        own.add(manifest);
      }
    });
    Map<String, DataFile> files = new HashMap<>();
    plan.dataFiles(own).forEach(file -> files.put(file.location(), file));
    return files;
  }

  /// Takes the files that are in both from both.
  private static Map<String, DataFile> common(
      Map<String, DataFile> gone, Map<String, DataFile> come) {
    Map<String, DataFile> common = new HashMap<>(come);
    common.keySet().retainAll(gone.keySet());
    gone.keySet().removeAll(common.keySet());
    come.keySet().removeAll(common.keySet());
    return common;
  }

  /// The files that both versions have and whose deleted rows may differ. They are looked for until
  /// all that are named are found.
  private Collection<DataFile> touched(
      boolean named,
      Set<String> wanted,
      Map<String, DataFile> common,
      Map<String, ManifestFile> manifests,
      Set<String> shared) {
    Map<String, DataFile> touched = new HashMap<>(common);
    if (named) {
      touched.keySet().retainAll(wanted);
    }
    for (String path : shared) {
      if (!named || !touched.keySet().containsAll(wanted)) {
        plan.dataFiles(List.of(Objects.requireNonNull(manifests.get(path)))).stream()
            .filter(file -> !named || wanted.contains(file.location()))
            .forEach(file -> touched.put(file.location(), file));
      }
    }
    return touched.values();
  }

  private static List<PlannedFile> planned(Map<String, DataFile> files, AppliedDeletes deletes) {
    List<PlannedFile> planned = new ArrayList<>();
    files.values().forEach(file -> planned.add(new PlannedFile(file, deletes.of(file), List.of())));
    return planned;
  }

  private Scan scan(Version version, SharedColumns columns, List<PlannedFile> files) {
    Matching matching = columns.matching(ofFiles(version));
    List<PlannedFile> inOrder =
        files.stream().sorted(Comparator.comparing(one -> one.file().location())).toList();
    return plan.scan(version.snapshot().snapshotId(), columns.columns(), inOrder, matching);
  }

  private Matching ofFiles(Version version) {
    return new ColumnNames(table).matching(Optional.of(version.snapshot()), version.schema());
  }
}
