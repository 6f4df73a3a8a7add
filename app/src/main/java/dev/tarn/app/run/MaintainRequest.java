package dev.tarn.app.run;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// Which tables are to be tidied up.
///
/// @param lake also what belongs to no table
/// @param command as typed
public record MaintainRequest(List<TableName> tables, boolean lake, String command) {

  public MaintainRequest {
    tables = List.copyOf(tables);
  }
}
