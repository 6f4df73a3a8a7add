package dev.tarn.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Works out which files only one of two versions has. Manifests that both versions have are not
/// even opened, so that the cost follows the change.
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
    Set<String> both = new HashSet<>(old.keySet());
    both.retainAll(fresh.keySet());
    both.removeIf(path -> rows(old.get(path)).isEmpty());
    Map<String, DataFile> gone = files(old, both);
    Map<String, DataFile> come = files(fresh, both);
    long shared =
        both.stream().mapToLong(path -> rows(old.get(path)).orElse(0L)).sum()
            + withoutCommon(gone, come);
    SharedColumns columns =
        new SharedColumns(
            TypeMapping.nodes(before.schema()), TypeMapping.nodes(after.schema()));
    return new Difference(
        Snapshots.info(table, before.snapshot()),
        Snapshots.info(table, after.snapshot()),
        scan(before, columns, gone),
        scan(after, columns, come),
        shared,
        columns.changes());
  }

  private Map<String, ManifestFile> manifests(Snapshot snapshot) {
    Map<String, ManifestFile> manifests = new HashMap<>();
    plan.manifests(snapshot).forEach(manifest -> manifests.put(manifest.path(), manifest));
    return manifests;
  }

  /// Rows of a manifest's live files, where its maker counted them.
  private static Optional<Long> rows(ManifestFile manifest) {
    Long existing = manifest.existingRowsCount();
    Long added = manifest.addedRowsCount();
    return existing == null || added == null ? Optional.empty() : Optional.of(existing + added);
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

  /// Takes the files that are in both from both, and answers how many rows they hold.
  private static long withoutCommon(Map<String, DataFile> gone, Map<String, DataFile> come) {
    Set<String> common = new HashSet<>(gone.keySet());
    common.retainAll(come.keySet());
    long rows = common.stream().mapToLong(path -> come.get(path).recordCount()).sum();
    gone.keySet().removeAll(common);
    come.keySet().removeAll(common);
    return rows;
  }

  private Scan scan(Version version, SharedColumns columns, Map<String, DataFile> files) {
    boolean byName =
        !columns.nestedDiffers()
            && new NestedNames(table).stable(Optional.of(version.snapshot()), version.schema());
    List<DataFile> inOrder =
        files.keySet().stream().sorted().map(files::get).toList();
    return plan.scan(version.snapshot().snapshotId(), columns.columns(), inOrder, byName);
  }
}
