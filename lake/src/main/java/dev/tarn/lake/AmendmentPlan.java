package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Decides which files of a table a change of some rows writes anew. Listing deleted rows is cheap
/// for the writer and costs every reader a little; writing a file anew is the other way round. So a
/// small file is written anew, and a large one when much of it is gone; and when small files have
/// gathered they become one along with the new rows, so that a row is moved a few times in all and
/// neither files nor lists pile up.
final class AmendmentPlan {
  /// A file below this is written anew in less time than readers spend on its lists.
  private static final long SMALL_BYTES = 1_000_000;

  /// Nor is a file small that has one part in so many of the size at which a new one begins.
  private static final int PART_OF_FILE = 64;

  /// So many small files of a partition become one.
  private static final int MOST_SMALL = 32;

  /// A file of which more than one part in so many is gone is written anew.
  private static final int PART_GONE = 3;

  /// The small files of further partitions wait for the next change.
  private static final long MOST_MERGED_BYTES = 64_000_000;

  private static final int FIRST_WITH_VECTORS = 3;

  private final LakeTable table;
  private final TableMetadata metadata;
  private final Scan scan;
  private final Map<Integer, Long> removed;
  private final long small;
  private final Map<Path, DataFile> files = new HashMap<>();
  private final Map<Path, DeleteFile> lists = new HashMap<>();
  private final Set<Integer> rewritten = new TreeSet<>();

  /// @param removed how many rows go, by the place of their file in the scan
  /// @param fileBytes the size at which a new file begins
  AmendmentPlan(
      LakeTable table, LakeFiles io, Scan scan, Map<Integer, Long> removed, long fileBytes) {
    this.small = Math.min(SMALL_BYTES, fileBytes / PART_OF_FILE);
    this.table = table;
    this.metadata = table.metadata();
    this.scan = scan;
    this.removed = removed;
    Snapshot current = metadata.currentSnapshot();
    long snapshot = current == null ? 0 : current.snapshotId();
    if (snapshot != scan.snapshot()) {
      throw Failure.bug(
          "rows of the version %d of %s were to be changed, which is at %d"
              .formatted(scan.snapshot(), table.name(), snapshot),
          new IllegalStateException());
    }
    if (current != null) {
      ScanPlan plan = new ScanPlan(table.name(), metadata, io);
      plan.dataFiles(current).forEach(file -> files.put(LakeFiles.path(file.location()), file));
      plan.deleteFiles(current).forEach(list -> lists.put(LakeFiles.path(list.location()), list));
    }
  }

  Amendment plan(WriteTarget target) {
    removed.keySet().stream().filter(this::isWorthWriting).forEach(rewritten::add);
    addGathered();
    List<Integer> from = new ArrayList<>();
    List<ScanFile> read = new ArrayList<>();
    List<DataFile> gone = new ArrayList<>();
    Set<DeleteFile> goneLists = new HashSet<>();
    for (int place : rewritten) {
      ScanFile file = scan.files().get(place);
      gone.add(known(file));
      file.deletes().stream()
          .filter(ScanDeletes::ofOneFile)
          .map(this::known)
          .forEach(goneLists::add);
      if (!isWhollyGone(place)) {
        from.add(place);
        read.add(file);
      }
    }
    List<Amendment.Marked> marked = marked();
    marked.forEach(one -> one.takenOver().stream().map(this::known).forEach(goneLists::add));
    return new Amendment(
        target,
        scan.with(read),
        from,
        marked,
        gone,
        List.copyOf(goneLists),
        marked.stream().map(one -> known(scan.files().get(one.place()))).toList());
  }

  private boolean isWorthWriting(int place) {
    ScanFile file = scan.files().get(place);
    long left = file.deleted() + gone(place);
    return file.bytes() < small
        || left * PART_GONE > file.rows()
        || metadata.formatVersion() >= FIRST_WITH_VECTORS;
  }

  private boolean isWhollyGone(int place) {
    ScanFile file = scan.files().get(place);
    boolean counted = file.deletes().stream().allMatch(ScanDeletes::ofOneFile);
    return counted && file.deleted() + gone(place) == file.rows();
  }

  private long gone(int place) {
    return removed.getOrDefault(place, 0L);
  }

  private void addGathered() {
    Map<String, List<Integer>> gathered = new LinkedHashMap<>();
    for (int place = 0; place < scan.files().size(); place++) {
      ScanFile file = scan.files().get(place);
      if (file.bytes() < small) {
        gathered.computeIfAbsent(partition(known(file)), _ -> new ArrayList<>()).add(place);
      }
    }
    long bytes = 0;
    for (List<Integer> places : gathered.values()) {
      if (places.size() > MOST_SMALL && bytes < MOST_MERGED_BYTES) {
        rewritten.addAll(places);
        bytes += places.stream().mapToLong(place -> scan.files().get(place).bytes()).sum();
      }
    }
  }

  private String partition(DataFile file) {
    return file.specId() + "/" + metadata.spec(file.specId()).partitionToPath(file.partition());
  }

  private List<Amendment.Marked> marked() {
    List<Amendment.Marked> marked = new ArrayList<>();
    for (int place : new TreeSet<>(removed.keySet())) {
      if (!rewritten.contains(place)) {
        ScanFile file = scan.files().get(place);
        marked.add(
            new Amendment.Marked(
                place, known(file).location(), takenOver(file.deletes(), gone(place))));
      }
    }
    return marked;
  }

  /// Lists that are not much longer than what is there to list: so each row is listed anew a few
  /// times in all, and of one file there are only a few lists.
  private static List<ScanDeletes> takenOver(List<ScanDeletes> lists, long rows) {
    List<ScanDeletes> taken = new ArrayList<>();
    long sum = rows;
    for (ScanDeletes list :
        lists.stream().sorted(Comparator.comparing(ScanDeletes::rows)).toList()) {
      if (list.ofOneFile() && list.rows() <= 2 * sum) {
        taken.add(list);
        sum += list.rows();
      }
    }
    return taken;
  }

  private DataFile known(ScanFile file) {
    return known(files.get(file.path()), file.path());
  }

  private DeleteFile known(ScanDeletes list) {
    return known(lists.get(list.path()), list.path());
  }

  private <T> T known(@org.jspecify.annotations.Nullable T file, Path path) {
    if (file == null) {
      throw Failure.bug(path + " is no file of " + table.name(), new IllegalStateException());
    }
    return file;
  }
}
