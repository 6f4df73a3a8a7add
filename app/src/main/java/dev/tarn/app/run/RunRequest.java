package dev.tarn.app.run;

import dev.tarn.lake.AsOf;
import java.util.List;

/// What a run was asked to do.
///
/// @param select words that choose tables; none choose all
/// @param full whether everything chosen is recomputed, changed or not
/// @param asOf which version of tables the run reads that it does not make
/// @param command as typed, for the record
public record RunRequest(List<String> select, boolean full, AsOf asOf, String command) {
  public RunRequest {
    select = List.copyOf(select);
  }
}
