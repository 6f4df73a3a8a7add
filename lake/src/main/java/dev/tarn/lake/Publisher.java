package dev.tarn.lake;

import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Failure;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Makes staged work visible, all of it or nothing, and tries again when others were faster.
final class Publisher {
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int DOUBLINGS = 6;

  private final Catalog catalog;
  private final Durability durability;
  private final TableLocks locks;
  private final PublishQueue queue;
  private final int attempts;

  Publisher(
      Catalog catalog, Durability durability, TableLocks locks, PublishQueue queue, int attempts) {
    this.catalog = catalog;
    this.durability = durability;
    this.locks = locks;
    this.queue = queue;
    this.attempts = attempts;
  }

  /// Whether files are named by a pointer is not known when `unknown` was called: then none may be
  /// removed.
  void publish(StagedWork work, Consumer<Transaction> alongside, Runnable unknown) {
    List<Lock> held = locks.take(work.staged());
    try {
      publishHeld(work, alongside, unknown);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "publishing");
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  private void publishHeld(StagedWork work, Consumer<Transaction> alongside, Runnable unknown) {
    work.writeMetadata(durability);
    if (commit(work, alongside, unknown)) {
      return;
    }
    Random random = new Random(work.run().hashCode());
    for (int attempt = 2; attempt <= attempts; attempt++) {
      try (PublishQueue.Turn turn = queue.join()) {
        if (!turn.alone()) {
          LockSupport.parkNanos(random.nextLong(PAUSE_NANOS << Math.min(attempt, DOUBLINGS)));
        }
        work.rebase();
        work.writeMetadata(durability);
        if (commit(work, alongside, unknown)) {
          return;
        }
      }
    }
    throw Failure.retry(
        "others published to the same tables " + attempts + " times in a row",
        "run again",
        new IllegalStateException());
  }

  private boolean commit(StagedWork work, Consumer<Transaction> alongside, Runnable unknown) {
    Publication publication =
        new Publication(
            catalog.store(),
            work.run().value() + "-" + Names.fresh(),
            work.moves(),
            work.records(),
            transaction -> {
              work.writeRows(transaction);
              alongside.accept(transaction);
            });
    try {
      boolean published = publication.commit();
      if (published) {
        catalog.checksums().learn(work.records());
      }
      return published;
    } finally {
      if (publication.isOpen()) {
        unknown.run();
      }
    }
  }
}
