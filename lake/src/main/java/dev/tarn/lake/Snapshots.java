package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/// Tells of snapshots.
final class Snapshots {

  private Snapshots() {}

  static SnapshotInfo info(TableMetadata table, Snapshot snapshot) {
    Snapshot current = table.currentSnapshot();
    return new SnapshotInfo(
        snapshot.snapshotId(),
        Optional.ofNullable(snapshot.parentId()),
        Instant.ofEpochMilli(snapshot.timestampMillis()),
        Optional.ofNullable(snapshot.operation()).orElse("append"),
        added(snapshot),
        removed(snapshot),
        rows(snapshot),
        run(snapshot),
        tags(table, snapshot),
        current != null && current.snapshotId() == snapshot.snapshotId());
  }

  /// When rows were last changed: upkeep makes snapshots that change none.
  static Instant changedAt(Snapshot snapshot) {
    try {
      return Optional.ofNullable(summary(snapshot).get(SnapshotStage.CHANGED_AT))
          .map(Instant::parse)
          .orElseGet(() -> Instant.ofEpochMilli(snapshot.timestampMillis()));
    } catch (DateTimeParseException _) {
      return Instant.ofEpochMilli(snapshot.timestampMillis());
    }
  }

  /// The rows that are not deleted, as the makers of the snapshots counted them.
  static long rows(Snapshot snapshot) {
    long all = figure(snapshot, "total-records");
    return Math.max(0, all - figure(snapshot, "total-position-deletes"));
  }

  private static long added(Snapshot snapshot) {
    return summary(snapshot).containsKey(SnapshotStage.ROWS_ADDED)
        ? figure(snapshot, SnapshotStage.ROWS_ADDED)
        : figure(snapshot, "added-records");
  }

  private static long removed(Snapshot snapshot) {
    if (summary(snapshot).containsKey(SnapshotStage.ROWS_REMOVED)) {
      return figure(snapshot, SnapshotStage.ROWS_REMOVED);
    }
    long listed =
        figure(snapshot, "added-position-deletes") - figure(snapshot, "removed-position-deletes");
    return Math.max(0, figure(snapshot, "deleted-records") + listed);
  }

  /// 0 for what a snapshot's maker did not count.
  static long figure(Snapshot snapshot, String name) {
    try {
      return Long.parseLong(summary(snapshot).getOrDefault(name, "0"));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// Empty for the oldest format, where it may be missing.
  static Map<String, String> summary(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary()).orElse(Map.of());
  }

  private static Optional<RunId> run(Snapshot snapshot) {
    try {
      return Optional.ofNullable(summary(snapshot).get(SnapshotStage.RUN)).map(RunId::new);
    } catch (Failure _) {
      return Optional.empty();
    }
  }

  private static List<String> tags(TableMetadata table, Snapshot snapshot) {
    return table.refs().entrySet().stream()
        .filter(ref -> !ref.getKey().equals(SnapshotRef.MAIN_BRANCH))
        .filter(ref -> ref.getValue().snapshotId() == snapshot.snapshotId())
        .map(ref -> ref.getKey())
        .sorted()
        .toList();
  }
}
