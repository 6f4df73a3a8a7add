package dev.tarn.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.util.ContentFileUtil;

/// Finds the rows of data files that two versions both have and of which not the same rows are
/// deleted.
final class ChangedDeletes {
  private final List<DeleteFile> before;
  private final List<DeleteFile> after;
  private final AppliedDeletes was;
  private final AppliedDeletes now;

  ChangedDeletes(List<DeleteFile> before, List<DeleteFile> after) {
    this.before = before;
    this.after = after;
    this.was = new AppliedDeletes(before);
    this.now = new AppliedDeletes(after);
  }

  AppliedDeletes was() {
    return was;
  }

  AppliedDeletes now() {
    return now;
  }

  private List<DeleteFile> changed() {
    Set<String> old = locations(before);
    Set<String> fresh = locations(after);
    List<DeleteFile> changed = new ArrayList<>();
    before.stream().filter(file -> !fresh.contains(file.location())).forEach(changed::add);
    after.stream().filter(file -> !old.contains(file.location())).forEach(changed::add);
    return changed;
  }

  boolean any() {
    return !changed().isEmpty();
  }

  /// Whether the changed ones each name their data file: then [#files] are all that matter.
  boolean named() {
    return changed().stream().allMatch(AppliedDeletes::ofOneFile);
  }

  /// The data files that changed delete files name.
  Set<String> files() {
    return changed().stream()
        .map(ContentFileUtil::referencedDataFileLocation)
        .collect(Collectors.toSet());
  }

  /// What to read of these shared files to get the rows that were deleted since.
  List<PlannedFile> removed(Collection<DataFile> shared) {
    return marked(shared, was, now);
  }

  /// What to read of these shared files to get the rows that are there again.
  List<PlannedFile> restored(Collection<DataFile> shared) {
    return marked(shared, now, was);
  }

  /// What one side lists and the other does not. A file that both have counts for the other too:
  /// other programs may list a row twice.
  private static List<PlannedFile> marked(
      Collection<DataFile> shared, AppliedDeletes without, AppliedDeletes with) {
    List<PlannedFile> marked = new ArrayList<>();
    for (DataFile file : shared) {
      List<DeleteFile> left = without.of(file);
      Set<String> known = locations(left);
      List<DeleteFile> only =
          with.of(file).stream().filter(list -> !known.contains(list.location())).toList();
      if (!only.isEmpty()) {
        marked.add(new PlannedFile(file, left, only));
      }
    }
    return marked;
  }

  /// How many rows of the later version's lists are in these files, as far as they are named.
  long listed(Map<String, DataFile> without) {
    return after.stream()
        .filter(list -> !without.containsKey(ContentFileUtil.referencedDataFileLocation(list)))
        .mapToLong(DeleteFile::recordCount)
        .sum();
  }

  private static Set<String> locations(List<DeleteFile> files) {
    Set<String> locations = new HashSet<>();
    files.forEach(file -> locations.add(file.location()));
    return locations;
  }
}
