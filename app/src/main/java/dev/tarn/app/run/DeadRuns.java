package dev.tarn.app.run;

import dev.tarn.store.RunRecord;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Settles runs whose process died, and sweeps up after those that failed: a full disk, or a commit
/// of which nobody knew what came of it, may have kept them from doing so themselves. Only one run
/// goes on at a time, so whoever holds the lock knows that every other run still marked as running
/// is dead. What it staged was never seen; its files are removed.
final class DeadRuns {
  private static final String UNSWEPT = "runs to sweep up after";
  private static final String GAP = " ";

  private final Opened opened;

  DeadRuns(Opened opened) {
    this.opened = opened;
  }

  /// Has the next run sweep up after a run that failed.
  static void sweepLater(Transaction transaction, RunId run) {
    Set<String> runs = new TreeSet<>(unswept(transaction.notes().find(UNSWEPT)));
    runs.add(run.value());
    transaction.notes().put(UNSWEPT, String.join(GAP, runs));
  }

  void settle() {
    Set<RunId> dead =
        opened.store().read(transaction -> transaction.runs().running()).stream()
            .map(RunRecord::run)
            .collect(Collectors.toSet());
    Set<String> failed =
        unswept(opened.store().read(transaction -> transaction.notes().find(UNSWEPT)));
    Set<RunId> all = new HashSet<>(dead);
    failed.forEach(run -> all.add(new RunId(run)));
    if (all.isEmpty()) {
      return;
    }
    opened.lake().sweepRuns(all);
    opened
        .store()
        .writeAgain(transaction -> {
          dead.forEach(run ->
              transaction
                  .runs()
                  .end(run, RunState.CANCELLED, opened.clock().instant(), "its process died"));
          transaction.notes().remove(UNSWEPT);
        });
  }

  private static Set<String> unswept(Optional<String> note) {
    return note.map(text -> Set.of(text.split(GAP))).orElse(Set.of());
  }
}
