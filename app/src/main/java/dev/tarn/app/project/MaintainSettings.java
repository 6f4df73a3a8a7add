package dev.tarn.app.project;

import dev.tarn.lake.UpkeepLimits;
import dev.tarn.vocabulary.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/// How much of the past the lake keeps: `maintain:` in tarn.yml.
///
/// @param limits of versions
/// @param orphansOlderThan how long a file that no table needs is left alone
/// @param rawKeepFor how long copies of source files are kept; absent for ever
/// @param droppedKeepFor how long a dropped table can come back
public record MaintainSettings(
    UpkeepLimits limits,
    Duration orphansOlderThan,
    Optional<Duration> rawKeepFor,
    Duration droppedKeepFor) {
  private static final int MOST = 1_000_000;

  static MaintainSettings read(Optional<Settings> block) {
    UpkeepLimits limits =
        new UpkeepLimits(
            block.flatMap(of -> of.number("keep_snapshots", 1, MOST)).orElse(100L).intValue(),
            block.flatMap(of -> of.duration("keep_for")).orElse(Duration.ofDays(30)),
            block.flatMap(of -> of.duration("grace")).orElse(Duration.ofHours(1)));
    MaintainSettings read =
        new MaintainSettings(
            limits,
            block.flatMap(of -> of.duration("orphans_older_than")).orElse(Duration.ofDays(1)),
            block.flatMap(of -> of.duration("raw_keep_for")),
            block.flatMap(of -> of.duration("dropped_keep_for")).orElse(Duration.ofDays(7)));
    block.ifPresent(Settings::done);
    return read;
  }
}
