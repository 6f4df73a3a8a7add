package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.Optional;

/// Judges one check of a subject: first asks in the pass that all checks share, then reads the
/// answers and, where those do not suffice, runs a query of its own.
interface Judge {

  /// Asks the shared pass for what this check needs of it.
  void ask(Pass pass);

  Outcome answer(Pass pass, EngineConnection connection);

  /// A query for some of what failed; empty when there is nothing to show.
  Optional<String> samples();

  /// For checks of rows: a condition that is true for the rows that fail, over a numbered subject.
  default Optional<String> failing() {
    return Optional.empty();
  }
}
