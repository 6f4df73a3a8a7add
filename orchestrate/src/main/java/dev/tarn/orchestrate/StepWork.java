package dev.tarn.orchestrate;

import dev.tarn.vocabulary.Failure;

/// What a step does. Called again for a further attempt, so it must be safe to repeat.
@FunctionalInterface
public interface StepWork {

  /// @throws Failure with `RETRY` when another attempt may work
  StepOutcome attempt(int number);
}
