package dev.tarn.app.run;

import dev.tarn.store.TableState;
import dev.tarn.vocabulary.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Marks a model's table as taken back, so that the next run makes it anew and says why.
final class RolledBack {
  private static final String MARK = "rolled back by run ";

  private RolledBack() {}

  static TableState mark(Rewound table, RunId run, Instant now) {
    return new TableState(
        table.table(), MARK + run, "", Map.of(), run, now, table.rowsAfter(), 0, "");
  }

  /// Why the table must be made anew; empty when it was not taken back.
  static Optional<String> why(TableState state) {
    return Optional.of(state.fingerprint())
        .filter(text -> text.startsWith(MARK))
        .map(text -> "it was " + text);
  }
}
