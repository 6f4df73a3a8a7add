package dev.tarn.app.run;

import dev.tarn.lake.Spent;
import dev.tarn.lake.Sweep;
import dev.tarn.vocabulary.RunId;
import java.time.Duration;
import java.util.List;

/// What upkeep came to.
///
/// @param runs what it is recorded as; several when it let others go first in between
/// @param spent files that only expired versions needed
/// @param orphans files that never were part of a table, or of one that is gone
/// @param raw copies of source files
/// @param cancelled whether it was interrupted
public record MaintainSummary(
    List<RunId> runs,
    List<Maintained> tables,
    Spent spent,
    Sweep orphans,
    Sweep raw,
    boolean cancelled,
    Duration took) {

  public MaintainSummary {
    runs = List.copyOf(runs);
    tables = List.copyOf(tables);
  }

  public boolean well() {
    return !cancelled && tables.stream().allMatch(table -> table.problem().isEmpty());
  }

  /// All that was removed.
  public Sweep removed() {
    return spent.total().plus(orphans).plus(raw);
  }
}
