package dev.tarn.store;

import dev.tarn.vocabulary.RunId;

/// The right to run on this lake, held by one process until it is closed or the process dies.
public interface RunLock extends AutoCloseable {
  /// Lets others who wait know which run they wait for.
  void holdFor(RunId run);

  /// False when the database server dropped the connection that the lock lives on.
  boolean held();

  @Override
  void close();
}
