package dev.tarn.engine.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/// How many threads an instance has, which may change while statements go on: where others fill the
/// processors anyway, a statement is done with less work on one thread than on several, because
/// DuckDB's threads turn round and round while they wait for one another.
final class Crowding {
  private Optional<DuckDBConnection> instance = Optional.empty();
  private int wanted;
  private int there;
  private boolean changing;

  Crowding(int threads) {
    this.wanted = threads;
  }

  synchronized int wanted() {
    return wanted;
  }

  /// An instance was opened with as many threads as are wanted.
  synchronized void joined(DuckDBConnection opened) {
    there = wanted;
    instance = Optional.of(opened);
  }

  synchronized void left() {
    instance = Optional.empty();
  }

  /// Sets how many threads there are to be. Returns at once: threads end when their task does,
  /// which may take a while.
  synchronized void want(int threads) {
    wanted = threads;
    if (!changing && instance.isPresent() && there != wanted) {
      changing = true;
      Thread.ofPlatform().daemon().name("engine-crowding").start(this::change);
    }
  }

  private void change() {
    for (Optional<Change> next = next(); next.isPresent(); next = next()) {
      int threads = next.get().threads;
      try (Connection own = next.get().instance.duplicate();
          Statement statement = own.createStatement()) {
        statement.execute("SET GLOBAL threads = " + threads);
      } catch (SQLException _) {
        // The session ends at this moment, or has no memory left: it goes on with what it has.
      }
      // Not tried again when it failed.
      changed(threads);
    }
  }

  private synchronized Optional<Change> next() {
    Optional<Change> next =
        there == wanted ? Optional.empty() : instance.map(open -> new Change(open, wanted));
    changing = next.isPresent();
    return next;
  }

  private synchronized void changed(int threads) {
    there = threads;
  }

  private record Change(DuckDBConnection instance, int threads) {}
}
