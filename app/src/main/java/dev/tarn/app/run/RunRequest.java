package dev.tarn.app.run;

import dev.tarn.lake.AsOf;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Set;

/// What a run was asked to do.
///
/// @param select words that choose tables; none choose all
/// @param full whether everything chosen is recomputed, changed or not
/// @param asOf which version of tables the run reads that it does not make
/// @param readmit tables whose quarantined rows are judged again
/// @param command as typed, for the record
public record RunRequest(
    List<String> select, boolean full, AsOf asOf, Set<TableName> readmit, String command) {
  public RunRequest {
    select = List.copyOf(select);
    readmit = Set.copyOf(readmit);
  }

  /// A run as `tarn run` does it.
  public RunRequest(List<String> select, boolean full, AsOf asOf, String command) {
    this(select, full, asOf, Set.of(), command);
  }
}
