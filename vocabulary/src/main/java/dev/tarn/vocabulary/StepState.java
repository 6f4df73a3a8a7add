package dev.tarn.vocabulary;

/// How a step stands.
public enum StepState {
  RUNNING,
  SUCCEEDED,
  /// The work itself failed.
  FAILED,
  /// A blocking check failed.
  BLOCKED,
  /// Not begun, because a step above it did not succeed.
  SKIPPED,
  CANCELLED;

  /// As the user reads it: lower case.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
