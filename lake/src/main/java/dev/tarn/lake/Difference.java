package dev.tarn.lake;

import java.util.List;

/// What tells two versions of a table apart, found without reading a row: the files that only one
/// of them has, and the columns that both have.
///
/// @param before one version, mostly the earlier one
/// @param after the other version
/// @param removed what to read to get all rows that only `before` can have, with the columns that
///   both versions have, named and typed alike
/// @param added the same for rows that only `after` can have
/// @param sharedRows rows in the files that both versions have
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
}
