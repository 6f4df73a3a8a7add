package dev.tarn.ingest;

/// What happens when the columns of a source change.
public enum OnDrift {
  /// New columns are added to the table; rows whose values don't fit a column's type are kept
  /// aside.
  EVOLVE,
  /// A file with other columns is kept aside as a whole.
  REJECT,
  /// Columns that the table lacks are not landed.
  IGNORE
}
