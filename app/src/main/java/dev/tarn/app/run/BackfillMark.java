package dev.tarn.app.run;

import dev.tarn.store.TableState;
import java.util.Optional;

/// Marks a table of which only some partitions were made so far.
final class BackfillMark {
  static final String TEXT = "backfilled in part";

  private BackfillMark() {}

  /// Why the table must be made anew; empty when it is no such table.
  static Optional<String> why(TableState state) {
    return Optional.of(state.fingerprint())
        .filter(TEXT::equals)
        .map(_ -> "only some of its partitions were made: tarn backfill " + state.table());
  }
}
