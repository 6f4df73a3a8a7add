package dev.tarn.lake;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Keeps tables small and quick without changing a row: few large files instead of many small ones,
/// few manifests, no versions nobody may ask for, no files nobody needs. Whoever calls sees to it
/// that no run of Tarn is under way; other writers may be.
public final class Upkeep {
  private final Catalog catalog;
  private final Names names;
  private final TableUpkeep tables;
  private final UpkeepLimits limits;
  private final long fileBytes;
  private final Instant now;

  Upkeep(
      Catalog catalog,
      Names names,
      TableUpkeep tables,
      UpkeepLimits limits,
      long fileBytes,
      Instant now) {
    this.catalog = catalog;
    this.names = names;
    this.tables = tables;
    this.limits = limits;
    this.fileBytes = fileBytes;
    this.now = now;
  }

  /// What the table consists of now.
  public Upkept figures(TableName name) {
    return figures(catalog.required(name).metadata());
  }

  private Upkept figures(TableMetadata table) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return new Upkept(0, 0, 0, table.snapshots().size());
    }
    return new Upkept(
        Snapshots.figure(current, "total-data-files"),
        Snapshots.figure(current, "total-files-size"),
        current.allManifests(catalog.files()).size(),
        table.snapshots().size());
  }

  /// Small files worth writing anew, as many as make one good piece of work; empty when there are
  /// none.
  ///
  /// @param makers runs whose own files are not looked at again
  public Optional<Compaction> compaction(TableName name, Collection<RunId> makers) {
    return new SmallFiles(catalog.required(name), catalog.files(), fileBytes).next(makers);
  }

  /// All small files worth writing anew.
  public Optional<Compaction> compactable(TableName name) {
    return new SmallFiles(catalog.required(name), catalog.files(), fileBytes).all();
  }

  /// Where the rows of a compaction are to be written.
  public WriteTarget target(Compaction compaction, RunId run) {
    LakeTable table = compaction.table();
    return new WriteTarget(
        table.name(),
        names.dataFolder(table.metadata().location(), run),
        table.columns(),
        table.partition(),
        table.sort(),
        fileBytes);
  }

  /// What to read to get the rows that were written for a compaction.
  public Scan written(Compaction compaction, List<WrittenFile> files) {
    Scan small = compaction.small();
    List<ScanFile> made =
        files.stream()
            .map(file ->
                new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c())))
            .toList();
    return new Scan(small.table(), small.snapshot(), small.columns(), made, Matching.NAMES);
  }

  /// The new files take the place of the small ones. False, and the new files are gone, when
  /// another program changed the small ones meanwhile.
  public boolean compact(Compaction compaction, List<WrittenFile> files, RunId run) {
    return tables.change(
        compaction.table().name(),
        run,
        files,
        (stage, table) -> {
          var come = new DataFileMaker(compaction.table().metadata()).make(files);
          return stage.rewrite(table, compaction, come, compaction.small().snapshot(), now);
        });
  }

  /// Removes what was written for a compaction that came to nothing.
  public void discard(WriteTarget target) {
    names.remove(target.folder());
  }

  /// Merges small manifests, and drops expired versions and lists of deleted rows that apply to no
  /// file any more. What they alone needed goes with [#remove].
  public boolean tidy(TableName name, RunId run) {
    return tables.change(
        name,
        run,
        List.of(),
        (stage, table) ->
            new Expiry(limits, now).expired(merged(stage, withoutIdle(name, stage, table))));
  }

  private TableMetadata withoutIdle(TableName name, SnapshotStage stage, TableMetadata table) {
    Snapshot current = table.currentSnapshot();
    List<DeleteFile> idle =
        current == null ? List.of() : new ScanPlan(name, table, catalog.files()).idle(current);
    return idle.isEmpty() ? table : stage.drop(table, idle, now);
  }

  private TableMetadata merged(SnapshotStage stage, TableMetadata table) {
    return SmallManifests.worthMerging(manifests(table))
        ? stage.mergeManifests(table, SmallManifests::isSmall, now)
        : table;
  }

  private List<ManifestFile> manifests(TableMetadata table) {
    Snapshot current = table.currentSnapshot();
    return current == null ? List.of() : current.dataManifests(catalog.files());
  }

  /// How many manifests would be merged.
  public long mergeable(TableName name) {
    List<ManifestFile> manifests = manifests(catalog.required(name).metadata());
    return SmallManifests.worthMerging(manifests)
        ? manifests.stream().filter(SmallManifests::isSmall).count()
        : 0;
  }

  /// How many versions would be dropped.
  public long expirable(TableName name) {
    return new Expiry(limits, now).of(catalog.required(name).metadata()).size();
  }

  /// The files that only expired versions needed, of versions that expired for good and were not
  /// current within the grace.
  public Spent spent(Collection<TableName> names) {
    return spentFiles().find(names, Map.of());
  }

  /// As [#spent], were the tables tidied now.
  public Spent spentAfterTidying(Collection<TableName> names) {
    Map<TableName, TableMetadata> planned = new HashMap<>();
    if (limits.grace().isZero()) {
      for (TableName name : names) {
        TableMetadata table = catalog.required(name).metadata();
        planned.put(name, new Expiry(limits, now).expired(table));
      }
    }
    return spentFiles().find(names, planned);
  }

  public void remove(Spent spent) {
    spentFiles().remove(spent);
  }

  private SpentFiles spentFiles() {
    return new SpentFiles(catalog, new RecentVersions(catalog, now, limits.grace()));
  }
}
