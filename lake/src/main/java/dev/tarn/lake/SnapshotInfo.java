package dev.tarn.lake;

import dev.tarn.vocabulary.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One version of a table.
///
/// @param operation `append`, `overwrite`, `delete` or `replace`, as Iceberg has it
/// @param rowsAdded rows that it added; for snapshots that others made, and for those that replaced
///   files, rows in the files that it added
/// @param rowsDeleted the same for rows that it removed
/// @param rows rows in all
/// @param run the run that made it; absent for snapshots that others made
/// @param tags the names it is kept under
/// @param current whether readers see it now
public record SnapshotInfo(
    long id,
    Optional<Long> parent,
    Instant at,
    String operation,
    long rowsAdded,
    long rowsDeleted,
    long rows,
    Optional<RunId> run,
    List<String> tags,
    boolean current) {

  public SnapshotInfo {
    tags = List.copyOf(tags);
  }
}
