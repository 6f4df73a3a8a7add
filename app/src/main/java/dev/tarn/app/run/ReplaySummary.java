package dev.tarn.app.run;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import java.util.List;
import java.util.Optional;

/// How reading files again ended.
///
/// @param run absent when there was nothing to do
/// @param reason why nothing was published; empty when all is well
public record ReplaySummary(
    Optional<RunId> run, RunState state, List<Replayed> tables, String reason) {
  public ReplaySummary {
    tables = List.copyOf(tables);
  }
}
