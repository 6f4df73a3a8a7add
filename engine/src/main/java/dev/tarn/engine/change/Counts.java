package dev.tarn.engine.change;

/// How many rows became what.
///
/// @param changed rows of one key that are there before and after, with other values; 0 for tables
///   without a key
public record Counts(long added, long removed, long changed, long unchanged) {

  /// Whether any row differs.
  public boolean any() {
    return added + removed + changed > 0;
  }
}
