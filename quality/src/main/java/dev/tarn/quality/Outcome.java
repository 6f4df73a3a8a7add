package dev.tarn.quality;

/// What judging a check gave.
///
/// @param rows how many were judged
/// @param failures how many of them failed
/// @param detail what was measured, when counts alone do not say it
record Outcome(boolean passed, long rows, long failures, String detail) {

  /// A verdict over the whole table.
  static Outcome whole(boolean passed, long rows, String detail) {
    return new Outcome(passed, rows, passed ? 0 : 1, detail);
  }
}
