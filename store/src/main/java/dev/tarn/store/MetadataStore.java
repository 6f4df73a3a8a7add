package dev.tarn.store;

import dev.tarn.vocabulary.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The metadata database, open: made and migrated when needed. Thread-safe.
public final class MetadataStore implements AutoCloseable {
  private final MetadataLocation location;

  private MetadataStore(MetadataLocation location) {
    this.location = location;
  }

  public static MetadataStore open(MetadataLocation location, InstantSource clock) {
    return new MetadataStore(location);
  }

  /// With limits of one's own, and a seam for tests.
  public static MetadataStore open(
      MetadataLocation location,
      InstantSource clock,
      RandomGenerator random,
      StoreSettings settings,
      CommitSeam seam) {
    return new MetadataStore(location);
  }

  public MetadataLocation location() {
    return location;
  }

  /// All of the work or none of it. The work may be done several times before it counts: it must do
  /// nothing else. Throws [CommitOutcomeUnknown] when the database did not answer the commit.
  public <T> T transact(Function<Transaction, T> work) {
    throw new IllegalStateException("the faces land first");
  }

  /// As [#transact], for work without a result.
  public void write(Consumer<Transaction> work) {
    throw new IllegalStateException("the faces land first");
  }

  /// What is committed now, as one consistent picture; works where nothing can be written.
  public <T> T read(Function<Transaction, T> work) {
    throw new IllegalStateException("the faces land first");
  }

  /// Waits until no other process runs on this lake; `whileWaiting` is told once whom it waits for.
  public RunLock lockRuns(Duration wait, Consumer<String> whileWaiting) {
    throw new IllegalStateException("the faces land first");
  }

  /// What is wrong with the database's own pages and tables; takes time in proportion to its size.
  public List<Problem> verify() {
    throw new IllegalStateException("the faces land first");
  }

  @Override
  public void close() {}
}
