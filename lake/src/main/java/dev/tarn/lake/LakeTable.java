package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/// A table as it is in one version of its metadata; it does not change any more.
public final class LakeTable {
  private final TableName name;
  private final TableMetadata metadata;
  private final String metadataLocation;
  private final LakeFiles io;

  LakeTable(TableName name, TableMetadata metadata, String metadataLocation, LakeFiles io) {
    this.name = name;
    this.metadata = metadata;
    this.metadataLocation = metadataLocation;
    this.io = io;
  }

  public TableName name() {
    return name;
  }

  public Schema schema() {
    return TypeMapping.schema(metadata.schema());
  }

  /// The columns with their field ids.
  public List<FieldNode> columns() {
    return TypeMapping.nodes(metadata.schema());
  }

  /// The columns of an older version.
  public Schema schema(AsOf asOf) {
    return TypeMapping.schema(schemaOf(asOf, snapshot(asOf)));
  }

  /// The columns it would have once rows of another schema were put in: as of [Branch#append].
  public Schema widened(Schema wanted) {
    FieldIds ids = new FieldIds(metadata.lastColumnId());
    return TypeMapping.schema(
        new SchemaMerge(name, ids).merge(metadata.schema(), wanted, Map.of()));
  }

  /// The table's own description, empty when it has none.
  public String description() {
    return metadata.properties().getOrDefault("comment", "");
  }

  /// Descriptions by column name, for the columns that have one.
  public Map<String, String> columnDocs() {
    Map<String, String> docs = new LinkedHashMap<>();
    for (var column : metadata.schema().columns()) {
      String doc = column.doc();
      if (doc != null && !doc.isEmpty()) {
        docs.put(column.name(), doc);
      }
    }
    return docs;
  }

  public List<PartitionKey> partition() {
    return Layout.keys(metadata.schema(), metadata.spec());
  }

  public List<SortKey> sort() {
    return Layout.keys(metadata.schema(), metadata.sortOrder());
  }

  public Map<String, String> properties() {
    return metadata.properties();
  }

  /// The current snapshot; empty for a table that others made and never wrote to.
  public Optional<Long> snapshotId() {
    return Optional.ofNullable(metadata.currentSnapshot()).map(Snapshot::snapshotId);
  }

  /// When rows were last changed: upkeep makes versions that change none. Empty for a table that
  /// others made and never wrote to.
  public Optional<Instant> changedAt() {
    return Optional.ofNullable(metadata.currentSnapshot()).map(Snapshots::changedAt);
  }

  /// The metadata file that says all this; different for every version.
  public String metadataLocation() {
    return metadataLocation;
  }

  /// The rows that are not deleted, as those who wrote the table counted them.
  public long rows() {
    return Optional.ofNullable(metadata.currentSnapshot()).map(Snapshots::rows).orElse(0L);
  }

  /// Bytes of data files and of lists of deleted rows.
  public long bytes() {
    return summed("total-files-size");
  }

  /// The snapshots, the newest first.
  public List<SnapshotInfo> history() {
    return metadata.snapshots().stream()
        .sorted(
            Comparator.comparing(Snapshot::sequenceNumber)
                .thenComparing(Snapshot::timestampMillis)
                .reversed())
        .map(snapshot -> Snapshots.info(metadata, snapshot))
        .toList();
  }

  /// A snapshot and those it was made from, the newest first, as far as they are kept.
  public List<SnapshotInfo> ancestry(AsOf asOf) {
    List<SnapshotInfo> found = new ArrayList<>();
    Optional<Snapshot> next = snapshot(asOf);
    while (next.isPresent()) {
      found.add(Snapshots.info(metadata, next.get()));
      next = Optional.ofNullable(next.get().parentId()).map(metadata::snapshot);
    }
    return found;
  }

  /// What to read to get the current rows.
  public Scan scan() {
    return scan(new AsOf.Current());
  }

  /// What to read to get the rows of another version, with the columns it had.
  public Scan scan(AsOf asOf) {
    Optional<Snapshot> snapshot = snapshot(asOf);
    return new ScanPlan(name, metadata, io).plan(snapshot, schemaOf(asOf, snapshot));
  }

  /// One version of the table.
  public SnapshotInfo version(AsOf asOf) {
    return Snapshots.info(metadata, present(asOf));
  }

  /// What tells two versions apart; files that both have are not looked at.
  public Difference difference(AsOf before, AsOf after) {
    ScanPlan plan = new ScanPlan(name, metadata, io);
    return new DifferencePlan(metadata, plan).between(dated(before), dated(after));
  }

  private DifferencePlan.Version dated(AsOf asOf) {
    Snapshot snapshot = present(asOf);
    return new DifferencePlan.Version(snapshot, schemaOf(asOf, Optional.of(snapshot)));
  }

  private Snapshot present(AsOf asOf) {
    return known(snapshot(asOf), "version yet");
  }

  /// The data files of the current version.
  public List<DataFileInfo> files() {
    ScanPlan plan = new ScanPlan(name, metadata, io);
    return Optional.ofNullable(metadata.currentSnapshot()).map(plan::describe).orElse(List.of());
  }

  TableMetadata metadata() {
    return metadata;
  }

  private org.apache.iceberg.Schema schemaOf(AsOf asOf, Optional<Snapshot> snapshot) {
    if (asOf instanceof AsOf.Current) {
      return metadata.schema();
    }
    return snapshot
        .map(Snapshot::schemaId)
        .map(id -> metadata.schemasById().get(id))
        .orElseGet(metadata::schema);
  }

  private Optional<Snapshot> snapshot(AsOf asOf) {
    return switch (asOf) {
      case AsOf.Current() -> Optional.ofNullable(metadata.currentSnapshot());
      case AsOf.Snapshot(long id) ->
          Optional.of(known(Optional.ofNullable(metadata.snapshot(id)), "snapshot " + id));
      case AsOf.Tag(String tag) ->
          Optional.of(
              known(
                  Optional.ofNullable(metadata.ref(tag))
                      .map(SnapshotRef::snapshotId)
                      .map(metadata::snapshot),
                  "tag '" + tag + "'"));
      case AsOf.Time(java.time.Instant at) ->
          Optional.of(
              known(
                  metadata.snapshotLog().stream()
                      .filter(entry -> entry.timestampMillis() <= at.toEpochMilli())
                      .max(Comparator.comparingLong(HistoryEntry::timestampMillis))
                      .map(entry -> metadata.snapshot(entry.snapshotId())),
                  "version of " + at + " or before"));
    };
  }

  private Snapshot known(Optional<Snapshot> snapshot, String what) {
    return snapshot.orElseThrow(() ->
        Failure.input(name + " has no " + what, "tarn history " + name + " lists what there is"));
  }

  private long summed(String figure) {
    Snapshot current = metadata.currentSnapshot();
    return current == null ? 0 : Snapshots.figure(current, figure);
  }
}
