package dev.tarn.lake;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.metrics.LoggingMetricsReporter;

/// Puts a new snapshot on a table's metadata: Iceberg writes its manifests, we give it its time.
final class SnapshotStage {
  /// The run that made a snapshot, in its summary.
  static final String RUN = "tarn.run";

  /// In the summary of snapshots that took the place of all earlier rows.
  static final String REPLACED = "tarn.replaced";

  /// In the summary of snapshots that changed no row: when rows were last changed.
  static final String CHANGED_AT = "tarn.changed-at";

  /// In the summary of snapshots that changed some rows: how many, files written anew aside.
  static final String ROWS_ADDED = "tarn.rows-added";

  static final String ROWS_REMOVED = "tarn.rows-removed";

  private final TableName name;
  private final FileIO files;
  private final RunId run;
  private final int keep;

  SnapshotStage(TableName name, FileIO files, RunId run, int keep) {
    this.name = name;
    this.files = files;
    this.run = run;
    this.keep = keep;
  }

  TableMetadata append(TableMetadata table, List<DataFile> added, Instant now) {
    AppendFiles append = table(table).newAppend();
    added.forEach(append::appendFile);
    return put(table, append, now);
  }

  TableMetadata replace(TableMetadata table, List<DataFile> added, Instant now) {
    if (table.currentSnapshot() == null) {
      AppendFiles append = table(table).newAppend();
      added.forEach(append::appendFile);
      return put(table, append.set(REPLACED, "true"), now);
    }
    OverwriteFiles overwrite =
        table(table).newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
    added.forEach(overwrite::addFile);
    return put(table, overwrite.set(REPLACED, "true"), now);
  }

  /// Some rows less and some more, in one snapshot.
  TableMetadata amend(TableMetadata table, Amended amended, Instant now) {
    RowDelta delta = table(table).newRowDelta();
    amended.gone().forEach(delta::removeRows);
    amended.goneDeletes().forEach(delta::removeDeletes);
    amended.come().forEach(delta::addRows);
    amended.comeDeletes().forEach(delta::addDeletes);
    delta.set(ROWS_ADDED, String.valueOf(amended.figures().added()));
    delta.set(ROWS_REMOVED, String.valueOf(amended.figures().removed()));
    return put(table, delta, now);
  }

  /// The same rows in other files. Refused when the files are not all there any more.
  ///
  /// @param read the snapshot that the rows were read from
  TableMetadata rewrite(
      TableMetadata table, Compaction done, List<DataFile> come, long read, Instant now) {
    RewriteFiles rewrite = table(table).newRewrite().validateFromSnapshot(read);
    done.gone().forEach(rewrite::deleteFile);
    done.goneLists().forEach(rewrite::deleteFile);
    come.forEach(rewrite::addFile);
    return put(table, rewrite.set(CHANGED_AT, changedAt(table)), now);
  }

  /// Without lists of deleted rows that list none of a file that is there.
  TableMetadata drop(TableMetadata table, List<DeleteFile> lists, Instant now) {
    RewriteFiles drop = table(table).newRewrite();
    lists.forEach(drop::deleteFile);
    return put(table, drop.set(CHANGED_AT, changedAt(table)), now);
  }

  /// The same files in fewer manifests.
  TableMetadata mergeManifests(TableMetadata table, Predicate<ManifestFile> small, Instant now) {
    RewriteManifests merge = table(table).rewriteManifests().clusterBy(_ -> "").rewriteIf(small);
    return put(table, merge.set(CHANGED_AT, changedAt(table)), now);
  }

  private static String changedAt(TableMetadata table) {
    return Snapshots.changedAt(table.currentSnapshot()).toString();
  }

  private BaseTable table(TableMetadata table) {
    return new BaseTable(
        new BranchOperations(table, files, run.value()),
        name.toString(),
        LoggingMetricsReporter.instance());
  }

  private TableMetadata put(TableMetadata table, SnapshotUpdate<?> update, Instant now) {
    update.set(RUN, run.value());
    Snapshot snapshot = timed(update.apply(), time(table, now));
    Set<Long> expired = expired(table);
    return GivenTime.build(
        table,
        now,
        base -> {
          TableMetadata.Builder next =
              TableMetadata.buildFrom(base).setBranchSnapshot(snapshot, SnapshotRef.MAIN_BRANCH);
          return expired.isEmpty() ? next : next.removeSnapshots(expired);
        });
  }

  /// Iceberg takes the time from the machine; ours is given, and never goes back within a table.
  private static Snapshot timed(Snapshot snapshot, long millis) {
    String json = SnapshotParser.toJson(snapshot, false);
    String given = "\"timestamp-ms\":" + snapshot.timestampMillis();
    return SnapshotParser.fromJson(json.replace(given, "\"timestamp-ms\":" + millis));
  }

  /// Later than anything that the table's history tells.
  static long time(TableMetadata table, Instant now) {
    long made = table.snapshots().stream().mapToLong(Snapshot::timestampMillis).max().orElse(0);
    long seen =
        table.snapshotLog().stream().mapToLong(HistoryEntry::timestampMillis).max().orElse(0);
    return Math.max(now.toEpochMilli(), Math.max(made, seen) + 1);
  }

  /// The oldest beyond the limit, one more to come, but for those that carry a tag. The current one
  /// goes last: a table that was rewound has newer ones, which nobody sees. Their files go with the
  /// next sweep.
  private Set<Long> expired(TableMetadata table) {
    Set<Long> tagged = new HashSet<>();
    table.refs().forEach((ref, target) -> keepUnlessMain(tagged, ref, target.snapshotId()));
    List<Long> loose =
        table.snapshots().stream()
            .map(Snapshot::snapshotId)
            .filter(id -> !tagged.contains(id))
            .sorted(Comparator.comparing(id -> isCurrent(table, id)))
            .toList();
    int surplus = table.snapshots().size() + 1 - Math.max(keep, tagged.size() + 1);
    return new HashSet<>(loose.subList(0, Math.clamp(surplus, 0, loose.size())));
  }

  private static boolean isCurrent(TableMetadata table, long id) {
    Snapshot current = table.currentSnapshot();
    return current != null && current.snapshotId() == id;
  }

  private static void keepUnlessMain(Set<Long> tagged, String ref, long snapshot) {
    if (!ref.equals(SnapshotRef.MAIN_BRANCH)) {
      tagged.add(snapshot);
    }
  }
}
