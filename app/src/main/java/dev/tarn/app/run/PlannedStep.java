package dev.tarn.app.run;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What a run would do with one table.
///
/// @param due whether there is anything to do
/// @param action `land`, `refresh` or `nothing`
/// @param refresh how a model is refreshed: `full: ` and why, or `incremental: ` and how; empty for
///   anything else
/// @param affects the tables below it
/// @param outdated files of a source that were read with other settings than it has now, which only
///   a replay reads again
public record PlannedStep(
    TableName table,
    boolean due,
    String action,
    String why,
    String refresh,
    List<TableName> affects,
    int outdated) {
  public PlannedStep {
    affects = List.copyOf(affects);
  }
}
