package dev.tarn.lake;

import java.time.Instant;

/// Which version of a table is meant.
public sealed interface AsOf {

  /// The version that readers see now.
  record Current() implements AsOf {}

  record Snapshot(long id) implements AsOf {}

  /// The version that was current at that time.
  record Time(Instant at) implements AsOf {}

  record Tag(String name) implements AsOf {}
}
