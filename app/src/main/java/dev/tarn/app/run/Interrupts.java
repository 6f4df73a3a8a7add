package dev.tarn.app.run;

import java.util.function.Consumer;

/// How the outside reaches into a run: someone presses Ctrl-C, or waits and should be told for
/// whom.
public interface Interrupts {

  /// Called once when the run must wait for another.
  void waiting(String holder);

  /// From now until the watch is closed, an interruption does `cancel`.
  Watch watch(Runnable cancel);

  /// Ends the watching.
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /// Makes interrupts that say on a console whom a run waits for.
  @FunctionalInterface
  interface Maker {
    Interrupts make(Consumer<String> news);
  }
}
