package dev.tarn.ingest;

/// What happens with rows that can't be read.
public enum OnError {
  /// They go to the table's `__rejected` table, and the landing goes on.
  KEEP_ASIDE,
  /// Nothing of the landing is published.
  FAIL
}
