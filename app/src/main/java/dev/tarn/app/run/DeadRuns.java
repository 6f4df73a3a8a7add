package dev.tarn.app.run;

import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Settles runs whose process died. Only one run goes on at a time, so whoever holds the lock knows
/// that every other run still marked as running is dead. What it staged was never seen; its files
/// are removed.
final class DeadRuns {
  private final Opened opened;

  DeadRuns(Opened opened) {
    this.opened = opened;
  }

  void settle() {
    List<RunRecord> dead = opened.store().read(transaction -> transaction.runs().running());
    if (dead.isEmpty()) {
      return;
    }
    Set<RunId> runs = dead.stream().map(RunRecord::run).collect(Collectors.toSet());
    opened.lake().sweepRuns(runs);
    opened
        .store()
        .writeAgain(transaction ->
            runs.forEach(run ->
                transaction
                    .runs()
                    .end(run, RunState.CANCELLED, opened.clock().instant(), "its process died")));
  }
}
