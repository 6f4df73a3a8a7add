package dev.tarn.engine.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stops what a connection is doing. DuckDB forgets an interrupt that comes between two statements,
/// so it is repeated until the work has ended.
final class Cancellation {
  private static final long REPEAT_MILLIS = 20;

  private @Nullable CountDownLatch running;
  private @Nullable Statement statement;
  private volatile boolean cancelled;

  <T> T during(Supplier<T> work) {
    CountDownLatch ended = new CountDownLatch(1);
    synchronized (this) {
      running = ended;
      cancelled = false;
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        running = null;
      }
      ended.countDown();
    }
  }

  synchronized void enter(Statement current) throws SQLException {
    check();
    statement = current;
  }

  /// Fails when the work was cancelled. DuckDB does not look at interrupts while a stream is
  /// fetched.
  void check() throws SQLException {
    if (cancelled) {
      throw new SQLException("INTERRUPT Error: Interrupted!");
    }
  }

  synchronized void leave() {
    statement = null;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /// Returns when the work has ended; at once when there is none.
  void cancel() {
    CountDownLatch ended = work();
    if (ended == null) {
      return;
    }
    try {
      do {
        cancelOnce();
      } while (!ended.await(REPEAT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable CountDownLatch work() {
    return running;
  }

  synchronized void cancelOnce() {
    cancelled = true;
    Statement current = statement;
    if (current == null) {
      return;
    }
    try {
      current.cancel();
    } catch (SQLException _) {
      // It has ended by itself.
      statement = null;
    }
  }
}
