package dev.tarn.transform.incremental;

/// Beyond which number of changed rows a recompute is cheaper.
///
/// @param few so many rows are always few
/// @param share of all rows
record Limits(long few, double share) {
  static final Limits USUAL = new Limits(100_000, 0.2);

  /// Whatever it costs.
  static final long NONE = Long.MAX_VALUE - 1;

  /// The most changed rows of a table of so many.
  long most(long rows) {
    return Math.max(few, (long) (rows * share));
  }
}
