package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Waits for the right to run.
record LockQueue(MetadataLocation location, Duration limit, Consumer<String> whileWaiting) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /// Tries until there is a lock or the time is up; `holder` says who has it.
  RunLock await(Supplier<Optional<RunLock>> attempt, Supplier<String> holder) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<RunLock> lock = attempt.get();
      if (lock.isPresent()) {
        return lock.get();
      }
      if (waited.compareTo(limit) >= 0) {
        throw held(holder.get());
      }
      if (waited.isZero()) {
        whileWaiting.accept(holder.get());
      }
      Pause.of(pause);
      waited = waited.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private Failure held(String holder) {
    String after = limit.isZero() ? "" : " after waiting for " + Timings.text(limit);
    return new Failure(
        Remedy.RETRY,
        List.of(
            Problem.at(
                Location.file(location.toString()),
                "another run is going on" + after + ": " + holder,
                "run again when it has ended; if it hangs, end that process")));
  }
}
