package dev.tarn.store;

import dev.tarn.vocabulary.Failure;

/// The database did not say whether it committed: whoever must know reads again.
public final class CommitOutcomeUnknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean diskFailed;

  CommitOutcomeUnknown(String where, Throwable cause, boolean diskFailed) {
    super("the metadata database did not say whether it committed (" + where + ")", cause);
    this.diskFailed = diskFailed;
  }

  /// Whether a disk refused to keep what was written. Then no later success means that it is kept:
  /// a system that failed to write a page forgets that it ever had to.
  public boolean diskFailed() {
    return diskFailed;
  }

  /// For people, when nobody can read again.
  public Failure asFailure() {
    return Failure.retry(
        String.valueOf(getMessage()), "run again: what was committed is not done twice", this);
  }
}
