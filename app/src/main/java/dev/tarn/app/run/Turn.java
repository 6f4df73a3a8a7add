package dev.tarn.app.run;

import dev.tarn.store.RunLock;
import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/// How work on the lake that is no refresh takes its turn among runs: nothing else goes on
/// meanwhile, it is listed with them, and when its process dies the next run sweeps up after it.
final class Turn {
  private final Opened opened;
  private final Events events;

  Turn(Opened opened, Events events) {
    this.opened = opened;
    this.events = events;
  }

  /// Does the work once no other run goes on.
  ///
  /// @param whileWaiting is told whom it waits for, when it must
  <T> T take(Consumer<String> whileWaiting, Function<RunId, T> work) {
    Readiness.require(opened);
    try (RunLock lock = opened.store().lockRuns(opened.project().work().patience(), whileWaiting)) {
      RunId run = RunId.next(opened.clock().instant(), opened.random());
      lock.holdFor(run);
      new DeadRuns(opened).settle();
      return work.apply(run);
    }
  }

  /// From now on there is something that a dead process would leave behind.
  Instant begin(RunId run, String command, int steps) {
    Instant now = opened.clock().instant();
    opened
        .store()
        .writeAgain(transaction ->
            transaction
                .runs()
                .begin(
                    RunRecord.begun(run, opened.typed(command), now, opened.pid(), opened.host())));
    events.tell(new Event.RunStarted(run, steps));
    return now;
  }

  /// It came to nothing, and nothing was published.
  void failed(RunId run, RunState state, String reason, Instant startedAt) {
    opened
        .store()
        .writeAgain(transaction -> {
          transaction.runs().end(run, state, opened.clock().instant(), reason);
          DeadRuns.sweepLater(transaction, run);
        });
    events.tell(new Event.RunEnded(run, state, 0, since(startedAt)));
  }

  /// It was published, and the end of the run was written with it.
  void published(RunId run, int tables, Instant startedAt) {
    events.tell(new Event.RunEnded(run, RunState.SUCCEEDED, tables, since(startedAt)));
  }

  Duration since(Instant startedAt) {
    return Duration.between(startedAt, opened.clock().instant());
  }
}
