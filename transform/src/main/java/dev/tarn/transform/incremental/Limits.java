package dev.tarn.transform.incremental;

/// Beyond which number of changed rows a recompute is cheaper.
///
/// @param few so many rows are always few
/// @param share of all rows
/// @param read of all rows of an input, however few rows it leads to: a recompute reads them all
record Limits(long few, double share, double read) {
  static final Limits USUAL = new Limits(100_000, 0.2, 0.1);

  /// Whatever it costs.
  static final long NONE = Long.MAX_VALUE - 1;

  /// The most changed rows of a table of so many.
  long most(long rows) {
    return Math.max(few, (long) (rows * share));
  }

  /// The most changed rows of an input that lead to a table of so many.
  long most(long rows, long inputRows) {
    return Math.max(most(rows), (long) (inputRows * read));
  }
}
