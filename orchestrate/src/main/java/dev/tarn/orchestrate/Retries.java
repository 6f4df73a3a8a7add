package dev.tarn.orchestrate;

import dev.tarn.vocabulary.Failure;
import java.time.Duration;

/// How often a step is tried when trying again may help, and how long to wait between.
///
/// @param attempts at most so many, the first included
/// @param pause before the second attempt; doubled before each further one
/// @param pauser waits; given, so that tests need not
public record Retries(int attempts, Duration pause, Pauser pauser) {

  /// Waits for a while.
  @FunctionalInterface
  public interface Pauser {
    void pause(Duration time) throws InterruptedException;
  }

  public Retries {
    if (attempts < 1 || attempts > 100) {
      throw Failure.input("a step is tried 1 to 100 times, not " + attempts);
    }
  }

  /// @param failed how many attempts have failed so far
  void pauseAfter(int failed) throws InterruptedException {
    pauser.pause(pause.multipliedBy(1L << Math.min(failed - 1, 16)));
  }
}
