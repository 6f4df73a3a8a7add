package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import java.time.Duration;

/// How much of its past a table keeps.
///
/// @param snapshots the most versions; those with a tag and the current one stay beyond them
/// @param keepFor how long a version can still be asked for after another took its place
/// @param grace for how long after a version was current its files stay, for whoever still reads
///   them
public record UpkeepLimits(int snapshots, Duration keepFor, Duration grace) {

  public UpkeepLimits {
    if (snapshots < 1 || keepFor.isNegative() || grace.isNegative()) {
      throw Failure.input("a table keeps at least one version, and none for less than no time");
    }
  }
}
