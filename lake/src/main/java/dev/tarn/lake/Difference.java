package dev.tarn.lake;

import java.util.List;

/// What tells two versions of a table apart, found without reading a row: the files that only one
/// of them has, the lists of rows that were deleted in files that both have, and the columns that
/// both have.
///
/// @param before one version, mostly the earlier one
/// @param after the other version
/// @param removed what to read to get all rows that only `before` can have, with the columns that
///   both versions have, named and typed alike
/// @param added the same for rows that only `after` can have
/// @param sharedRows rows that `after` has in the files that both versions have
/// @param columns what became of the columns
public record Difference(
    SnapshotInfo before,
    SnapshotInfo after,
    Scan removed,
    Scan added,
    long sharedRows,
    List<ColumnChange> columns) {

  public Difference {
    columns = List.copyOf(columns);
  }

  /// The rows of the later version.
  public long rowsAfter() {
    List<ScanFile> others = added.files().stream().filter(file -> file.only().isEmpty()).toList();
    return sharedRows + added.with(others).rows();
  }
}
