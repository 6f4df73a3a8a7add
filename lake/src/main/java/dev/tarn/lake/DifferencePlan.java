package dev.tarn.lake;

import java.util.ArrayList;
import java.util.HashMap;
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
    Map<String, Long> both = counted(old, fresh.keySet());
    Map<String, DataFile> gone = files(old, both.keySet());
    Map<String, DataFile> come = files(fresh, both.keySet());
    long shared =
        both.values().stream().mapToLong(Long::longValue).sum() + withoutCommon(gone, come);
    SharedColumns columns =
        new SharedColumns(TypeMapping.nodes(before.schema()), TypeMapping.nodes(after.schema()));
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

  /// Takes the files that are in both from both, and answers how many rows they hold.
  private static long withoutCommon(Map<String, DataFile> gone, Map<String, DataFile> come) {
    Map<String, DataFile> common = new HashMap<>(come);
    common.keySet().retainAll(gone.keySet());
    gone.keySet().removeAll(common.keySet());
    come.keySet().removeAll(common.keySet());
    return common.values().stream().mapToLong(DataFile::recordCount).sum();
  }

  private Scan scan(Version version, SharedColumns columns, Map<String, DataFile> files) {
    boolean byName =
        !columns.nestedDiffers()
            && new NestedNames(table).stable(Optional.of(version.snapshot()), version.schema());
    List<DataFile> inOrder = files.keySet().stream().sorted().map(files::get).toList();
    return plan.scan(version.snapshot().snapshotId(), columns.columns(), inOrder, byName);
  }
}
