package dev.tarn.store;

import dev.tarn.vocabulary.Failure;

/// The database did not say whether it committed: whoever must know reads again.
public final class CommitOutcomeUnknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommitOutcomeUnknown(String where, Throwable cause) {
    super("the metadata database did not say whether it committed (" + where + ")", cause);
  }

  /// For people, when nobody can read again.
  public Failure asFailure() {
    return Failure.retry(
        String.valueOf(getMessage()), "run again: what was committed is not done twice", this);
  }
}
