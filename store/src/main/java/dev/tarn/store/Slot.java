package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The place of one connection, opened when first needed and used by one thread at a time.
final class Slot {
  interface Opening {
    Connection open() throws SQLException;
  }

  private final Opening opening;
  private final ReentrantLock turn = new ReentrantLock(true);
  private Optional<Connection> connection = Optional.empty();
  private boolean closed;

  Slot(Opening opening) {
    this.opening = opening;
  }

  /// Held until [#leave].
  void enter() {
    if (turn.isHeldByCurrentThread()) {
      throw Failure.bug(
          "a transaction was begun within another",
          new IllegalStateException("nested transaction"));
    }
    turn.lock();
  }

  void leave() {
    turn.unlock();
  }

  Connection connection() throws SQLException {
    if (closed) {
      throw Failure.bug(
          "the metadata database was used after it was closed", new IllegalStateException());
    }
    if (connection.isEmpty()) {
      connection = Optional.of(opening.open());
    }
    return connection.get();
  }

  /// The next one who asks gets a new connection.
  void discard() {
    connection.ifPresent(Slot::closeQuietly);
    connection = Optional.empty();
  }

  void close() {
    turn.lock();
    try {
      discard();
      closed = true;
    } finally {
      turn.unlock();
    }
  }

  /// For connections that nothing depends on any more.
  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // It was to be gone, and it is.
    }
  }
}
