package dev.tarn.transform;

/// What a history makes of a row that its query gives no more.
public enum Deletes {
  /// Its version ends.
  CLOSE,
  /// Its version stays the current one: for queries that give only what is new.
  IGNORE
}
