package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.time.Duration;

/// Waits, and stops waiting when the thread is asked to stop.
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.retry("stopped while waiting for the metadata database", "run again", e);
    }
  }
}
