package dev.tarn.lake;

import dev.tarn.vocabulary.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Finds the files of a table that are worth writing anew: many small ones of one partition, and
/// those of which much is deleted. Other large ones are left alone, and so are a few small ones, or
/// every append would cost a rewrite.
final class SmallFiles {
  /// A file that is this much of the wanted size is large enough.
  private static final double LARGE_ENOUGH = 0.75;

  private static final int MANY = 5;

  /// A file of which one row in so many is deleted is worth writing anew.
  private static final int WORN = 10;

  private static final long BATCH_BYTES = 2_000_000_000;

  /// The engine keeps at most so many partitions' files open at a time.
  private static final int BATCH_PARTITIONS = 64;

  private final LakeTable table;
  private final TableMetadata metadata;
  private final ScanPlan plan;
  private final long fileBytes;
  private AppliedDeletes deletes = AppliedDeletes.NONE;

  SmallFiles(LakeTable table, LakeFiles files, long fileBytes) {
    this.table = table;
    this.metadata = table.metadata();
    this.plan = new ScanPlan(table.name(), metadata, files);
    this.fileBytes = fileBytes;
  }

  /// All there is to do.
  Optional<Compaction> all() {
    return chosen(_ -> true, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /// Work for one go, so that nobody waits for long; empty when nothing is worth it.
  ///
  /// @param makers runs whose own files are not looked at again
  Optional<Compaction> next(Collection<RunId> makers) {
    return chosen(
        file -> makers.stream().noneMatch(run -> file.location().contains(run.value())),
        BATCH_PARTITIONS,
        BATCH_BYTES);
  }

  private Optional<Compaction> chosen(
      Predicate<DataFile> eligible, int mostPartitions, long mostBytes) {
    Snapshot current = metadata.currentSnapshot();
    if (current == null || !Layout.known(metadata) || fewFiles(current)) {
      return Optional.empty();
    }
    deletes = plan.deletes(current);
    List<DataFile> batch = new ArrayList<>();
    int partitions = 0;
    long bytes = 0;
    for (List<DataFile> files : small(current, eligible)) {
      if (partitions < mostPartitions && bytes < mostBytes) {
        partitions++;
        bytes += add(batch, files, mostBytes - bytes);
      }
    }
    return batch.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Compaction(
                table, scan(current, batch), partitions, batch, deletes.ofOneFile(batch)));
  }

  private static boolean fewFiles(Snapshot current) {
    long files = Snapshots.figure(current, "total-data-files");
    return files > 0 && files < MANY && Snapshots.figure(current, "total-delete-files") == 0;
  }

  private Scan scan(Snapshot current, List<DataFile> files) {
    List<PlannedFile> batch =
        files.stream().map(file -> new PlannedFile(file, deletes.of(file), List.of())).toList();
    plan.refuseDefaults(metadata.schema());
    Matching matching = new ColumnNames(metadata).matching(Optional.of(current), metadata.schema());
    return plan.scan(current.snapshotId(), TypeMapping.nodes(metadata.schema()), batch, matching);
  }

  /// In the order of partitions, so that the engine writes one after the other.
  private List<List<DataFile>> small(Snapshot current, Predicate<DataFile> eligible) {
    Map<String, List<DataFile>> small = new TreeMap<>();
    for (DataFile file : plan.dataFiles(current)) {
      boolean tooSmall = file.fileSizeInBytes() < fileBytes * LARGE_ENOUGH;
      if ((tooSmall || isWorn(file)) && eligible.test(file)) {
        String partition = metadata.spec(file.specId()).partitionToPath(file.partition());
        small.computeIfAbsent(file.specId() + "/" + partition, _ -> new ArrayList<>()).add(file);
      }
    }
    return small.values().stream()
        .filter(files -> files.size() >= MANY || files.stream().anyMatch(this::isWorn))
        .toList();
  }

  /// Whether so much of a file is deleted that its readers are better off without.
  private boolean isWorn(DataFile file) {
    long gone = deletes.of(file).stream().mapToLong(DeleteFile::recordCount).sum();
    return gone > 0 && gone * WORN >= file.recordCount();
  }

  /// Adds as many files as fit, and says how many bytes that are.
  private static long add(List<DataFile> batch, List<DataFile> files, long most) {
    long bytes = 0;
    for (DataFile file : files) {
      if (bytes < most) {
        batch.add(file);
        bytes += file.fileSizeInBytes();
      }
    }
    return bytes;
  }
}
