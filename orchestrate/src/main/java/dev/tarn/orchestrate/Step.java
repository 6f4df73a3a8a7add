package dev.tarn.orchestrate;

import dev.tarn.vocabulary.TableName;
import java.util.Set;

/// One table's refresh within a run.
///
/// @param after the tables of the same run that must be done before
public record Step(TableName table, Set<TableName> after, StepWork work) {
  public Step {
    after = Set.copyOf(after);
  }
}
