package dev.tarn.orchestrate;

import java.time.Duration;
import java.time.Instant;

/// Is told how steps go, from the threads that do them.
public interface StepJournal {

  void started(Step step, int attempt);

  /// @param attempts how many were made; 0 for a step that was never begun
  void ended(Step step, StepOutcome outcome, int attempts, Instant startedAt, Duration took);
}
