package dev.tarn.vocabulary;

/// How a run stands.
public enum RunState {
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /// As the user reads it: lower case.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
