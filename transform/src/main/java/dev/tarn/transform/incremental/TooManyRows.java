package dev.tarn.transform.incremental;

/// Ends the following of a change that leads to so many rows that a recompute is cheaper.
final class TooManyRows extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyRows(long rows) {
    super("the change leads to " + rows + " rows", null, false, false);
  }
}
