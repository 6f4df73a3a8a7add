package dev.tarn.app.command;

import dev.tarn.app.run.Moved;
import dev.tarn.app.run.RunSummary;
import java.util.List;

/// What became of quarantined rows that were judged again.
///
/// @param held how many there were
/// @param kept how many rows the table had
/// @param why the run made the table what it is now
/// @param moved the tables made from it
record Readmission(RunSummary summary, long held, long kept, String why, List<Moved> moved) {
  Readmission {
    moved = List.copyOf(moved);
  }
}
