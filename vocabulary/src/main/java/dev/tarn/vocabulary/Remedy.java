package dev.tarn.vocabulary;

/// Who must act on a failure, and how.
public enum Remedy {
  /// The project, the command or a setting is wrong.
  FIX_INPUT,
  /// The data is wrong or damaged.
  FIX_DATA,
  /// Nothing is wrong for good: the same again may work.
  RETRY,
  /// Tarn is wrong.
  REPORT_BUG
}
