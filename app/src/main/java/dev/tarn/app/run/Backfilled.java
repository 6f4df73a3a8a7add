package dev.tarn.app.run;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What became of one table's partitions.
///
/// @param partition as the model declares it
/// @param parts those of the range that was asked for, as they are now
/// @param made how many were made
/// @param runs what they were made by
/// @param whole whether the table now is as its model makes it, so that a run leaves it alone
public record Backfilled(
    TableName table,
    String partition,
    List<PartState> parts,
    int made,
    List<RunId> runs,
    boolean whole) {
  public Backfilled {
    parts = List.copyOf(parts);
    runs = List.copyOf(runs);
  }

  /// Whether every partition that was tried is there.
  public boolean well() {
    return parts.stream().noneMatch(part -> part.state() == PartState.State.FAILED);
  }
}
