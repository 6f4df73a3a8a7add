package dev.tarn.lake;

import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One run's, or one source's, work that nobody sees until it is published. Thread-safe.
public final class Branch implements AutoCloseable {

  private Branch() {}

  public RunId run() {
    throw new IllegalStateException("the faces land first");
  }

  /// The staged table when there is one, else the published one.
  public Optional<LakeTable> find(TableName name) {
    throw new IllegalStateException("the faces land first");
  }

  /// The staged view when there is one, else the published one.
  public Optional<LakeView> findView(TableName name) {
    throw new IllegalStateException("the faces land first");
  }

  /// The tables that something was staged for.
  public List<TableName> staged() {
    throw new IllegalStateException("the faces land first");
  }

  /// Where to write all rows of a table anew. Field ids stay for columns of the same name and a
  /// type that fits; the table is made when there is none, and its history stays when there is one.
  public WriteTarget replace(TableName name, TableSpec spec) {
    throw new IllegalStateException("the faces land first");
  }

  /// Where to write further rows of a table. Makes the table, or evolves it by name: adds columns
  /// and widens types, drops nothing. Types that can't be widened are a `Failure` (FIX_INPUT) that
  /// names all such columns.
  public WriteTarget append(TableName name, TableSpec spec) {
    throw new IllegalStateException("the faces land first");
  }

  /// The files written for a target become a staged snapshot. No files: an empty table for a
  /// replacement, no new rows for an append.
  public void stage(WriteTarget target, List<WrittenFile> files) {
    throw new IllegalStateException("the faces land first");
  }

  /// Stages a view, in place of one of the same name.
  public void view(TableName name, String sql, Schema schema, Map<String, String> properties) {
    throw new IllegalStateException("the faces land first");
  }

  /// Rows that become true with the publish.
  public void consume(List<Consumed> consumed) {
    throw new IllegalStateException("the faces land first");
  }

  public void drift(List<Drift> drifts) {
    throw new IllegalStateException("the faces land first");
  }

  /// Makes all that was staged visible in one database transaction, with whatever `alongside`
  /// writes into it. `alongside` may be called several times, only the last time counts; [#find]
  /// gives it the tables as they will be. When others published to the same tables meanwhile,
  /// appends are put on top of theirs; replacements are a `Failure` (RETRY). A lost answer of the
  /// database is found out: when this returns, the publish happened, exactly once.
  public void publish(Consumer<Transaction> alongside) {
    throw new IllegalStateException("the faces land first");
  }

  /// Drops all that was staged and removes its files. Does nothing after a publish.
  public void discard() {
    throw new IllegalStateException("the faces land first");
  }

  /// As [#discard].
  @Override
  public void close() {
    throw new IllegalStateException("the faces land first");
  }
}
