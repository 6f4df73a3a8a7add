package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Failure;

/// A full disk is no fault of the file that is being read: it is neither kept aside nor left for
/// later, but landed when there is space again.
final class FullDisk {
  private static final int DEEPEST = 10;

  private FullDisk() {}

  /// Fails when a full disk, or a spent quota, is behind it.
  static void refuse(Throwable trouble) {
    Throwable cause = trouble;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String words = String.valueOf(cause.getMessage());
      if (words.contains("No space left on device") || words.contains("quota exceeded")) {
        throw Failure.retry(
            "the disk of the lake is full: " + words,
            "free some space there, then run again",
            trouble);
      }
      cause = cause.getCause();
    }
  }
}
