package dev.tarn.lake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One data file of a scan, and which of its rows are read.
///
/// @param rows how many rows it holds, deleted ones too
/// @param crc32c the checksum recorded when it was written; absent for files that others wrote
/// @param deletes what lists the rows that are left out
/// @param only what lists the rows that are read, and no others; empty to read all
public record ScanFile(
    Path path,
    long rows,
    long bytes,
    Optional<Integer> crc32c,
    List<ScanDeletes> deletes,
    List<ScanDeletes> only) {

  public ScanFile {
    deletes = List.copyOf(deletes);
    only = List.copyOf(only);
  }

  /// A file of which all rows are read.
  public ScanFile(Path path, long rows, long bytes, Optional<Integer> crc32c) {
    this(path, rows, bytes, crc32c, List.of(), List.of());
  }

  /// Whether all rows are read.
  public boolean whole() {
    return deletes.isEmpty() && only.isEmpty();
  }

  /// All files that list rows of this one.
  public Stream<ScanDeletes> lists() {
    return Stream.concat(deletes.stream(), only.stream());
  }

  /// How many rows are left out, as far as the makers of the lists counted them for this file
  /// alone.
  public long deleted() {
    return deletes.stream().filter(ScanDeletes::ofOneFile).mapToLong(ScanDeletes::rows).sum();
  }

  /// 0 for a file that is read whole, 1 for one that rows are left out of, 2 for one that chosen
  /// rows are read of: a scan has its files in this order.
  int kind() {
    return only.isEmpty() ? (deletes.isEmpty() ? 0 : 1) : 2;
  }
}
