package dev.tarn.orchestrate;

import dev.tarn.vocabulary.StepState;

/// How a step ended.
///
/// @param changed whether the step did any work; a step that found nothing new did not
/// @param reason why it did what it did, or why it failed
/// @param refresh how the table was made: `full`, `incremental`, `lookback`, `history`, or empty
///   when it was not
public record StepOutcome(
    StepState state, boolean changed, long rows, long bytes, String reason, String refresh) {

  public static StepOutcome unchanged(String reason) {
    return new StepOutcome(StepState.SUCCEEDED, false, 0, 0, reason, "");
  }

  public static StepOutcome done(long rows, long bytes, String reason) {
    return new StepOutcome(StepState.SUCCEEDED, true, rows, bytes, reason, "full");
  }

  /// Done by changing the rows that changed.
  public static StepOutcome incremental(long rows, long bytes, String reason) {
    return new StepOutcome(StepState.SUCCEEDED, true, rows, bytes, reason, "incremental");
  }

  /// Done by computing the rows anew that are new enough.
  public static StepOutcome lookback(long rows, long bytes, String reason) {
    return new StepOutcome(StepState.SUCCEEDED, true, rows, bytes, reason, "lookback");
  }

  /// Done by adding to a history.
  public static StepOutcome history(long rows, long bytes, String reason) {
    return new StepOutcome(StepState.SUCCEEDED, true, rows, bytes, reason, "history");
  }

  public static StepOutcome failed(String reason) {
    return new StepOutcome(StepState.FAILED, true, 0, 0, reason, "");
  }

  public static StepOutcome blocked(long rows, String reason) {
    return new StepOutcome(StepState.BLOCKED, true, rows, 0, reason, "");
  }

  public static StepOutcome skipped(String reason) {
    return new StepOutcome(StepState.SKIPPED, false, 0, 0, reason, "");
  }

  public static StepOutcome cancelled() {
    return new StepOutcome(StepState.CANCELLED, false, 0, 0, "the run was cancelled", "");
  }

  public boolean succeeded() {
    return state == StepState.SUCCEEDED;
  }
}
