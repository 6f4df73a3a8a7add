package dev.tarn.transform;

/// What a model becomes in the lake.
public enum Materialize {
  TABLE,
  VIEW,
  /// A history with valid_from and valid_to (SCD-2).
  SNAPSHOT
}
