package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;

/// The limits the lake works within.
///
/// @param fileBytes the size at which an engine begins a new data file
/// @param snapshots the most snapshots a table keeps, beyond those that carry a tag
/// @param publishAttempts how often a publish of appended rows is tried when others publish at the
///   same moment
/// @param threads how many files are written, synced or verified at once
public record LakeSettings(long fileBytes, int snapshots, int publishAttempts, int threads) {

  public LakeSettings {
    if (fileBytes < 1 || snapshots < 1 || publishAttempts < 1 || threads < 1) {
      throw Failure.input("the limits of a lake are at least 1");
    }
  }

  /// 256 MB files, 100 snapshots, 60 attempts, 8 threads.
  public static LakeSettings standard() {
    return new LakeSettings(256_000_000, 100, 60, 8);
  }

  /// The same limits but for the number of snapshots.
  public LakeSettings keeping(int count) {
    return new LakeSettings(fileBytes, count, publishAttempts, threads);
  }
}
