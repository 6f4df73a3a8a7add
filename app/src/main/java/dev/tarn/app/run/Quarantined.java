package dev.tarn.app.run;

import dev.tarn.engine.Rows;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What is in a table's quarantine, and why.
///
/// @param rows of the quarantine
/// @param kept rows of the table
public record Quarantined(TableName table, long rows, long kept, List<Reason> reasons) {
  public Quarantined {
    reasons = List.copyOf(reasons);
  }

  /// A check that rows failed; a row may have failed several.
  ///
  /// @param name of the check
  /// @param check what it says, in one line; empty when that is not known any more
  /// @param declared whether the project still has a check of that name that quarantines
  /// @param since when the oldest of its rows came there
  /// @param samples some of the rows, with all checks that they failed
  public record Reason(
      String name, String check, boolean declared, long rows, String since, Rows samples) {}
}
