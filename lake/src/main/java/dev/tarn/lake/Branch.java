package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One run's, or one source's, work that nobody sees until it is published. Thread-safe.
public final class Branch implements AutoCloseable {
  private final StagedWork work;
  private final Publisher publisher;
  private final long fileBytes;
  private volatile State state = State.OPEN;

  private enum State {
    OPEN,
    PUBLISHED,
    UNKNOWN,
    DISCARDED
  }

  Branch(StagedWork work, Publisher publisher, long fileBytes) {
    this.work = work;
    this.publisher = publisher;
    this.fileBytes = fileBytes;
  }

  public RunId run() {
    return work.run();
  }

  /// The staged table when there is one, else the published one.
  public Optional<LakeTable> find(TableName name) {
    return work.find(name);
  }

  /// The staged view when there is one, else the published one.
  public Optional<LakeView> findView(TableName name) {
    return work.findView(name);
  }

  /// The tables and views that something was staged for.
  public List<TableName> staged() {
    return work.staged();
  }

  /// Where to write all rows of a table anew. Field ids stay for columns of the same name and a
  /// type that fits; the table is made when there is none, and its history stays when there is one.
  public WriteTarget replace(TableName name, TableSpec spec) {
    refuseUnlessOpen();
    return work.table(name).open(true, spec, fileBytes);
  }

  /// Where to write further rows of a table. Makes the table, or evolves it by name: adds columns
  /// and widens types, drops nothing. Types that can't be widened are a `Failure` (FIX_INPUT) that
  /// names all such columns.
  public WriteTarget append(TableName name, TableSpec spec) {
    refuseUnlessOpen();
    return work.table(name).open(false, spec, fileBytes);
  }

  /// The files written for a target become a staged snapshot. No files: an empty table for a
  /// replacement, no new rows for an append.
  public void stage(WriteTarget target, List<WrittenFile> files) {
    refuseUnlessOpen();
    try {
      work.table(target.table()).stage(target, files);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "staging " + target.table());
    }
  }

  /// Plans how some rows of a table go and others come, in one snapshot: its columns, partitions
  /// and order stay. Rows go by where they are in a scan of the table as this branch has it now.
  ///
  /// @param removed how many rows go, by the place of their file in the scan
  public Amendment amend(Scan scan, Map<Integer, Long> removed) {
    refuseUnlessOpen();
    try {
      return work.table(scan.table()).amend(scan, removed, fileBytes);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "changing rows of " + scan.table());
    }
  }

  /// What was written for an amendment becomes a staged snapshot.
  ///
  /// @param rows the rows that come, and those that stay of the files that are written anew
  /// @param lists the lists of rows that go
  public void stage(
      Amendment amendment,
      List<WrittenFile> rows,
      List<WrittenFile> lists,
      Amendment.Figures figures) {
    refuseUnlessOpen();
    try {
      work.table(amendment.table()).stage(amendment, rows, lists, figures);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "changing rows of " + amendment.table());
    }
  }

  /// Removes what was written for an amendment that came to nothing.
  public void abandon(Amendment amendment) {
    work.table(amendment.table()).abandon(amendment);
  }

  /// Stages a view, in place of one of the same name.
  public void view(TableName name, String sql, Schema schema, Map<String, String> properties) {
    refuseUnlessOpen();
    work.view(name, sql, schema, properties);
  }

  /// Takes a table back to an earlier snapshot, or, without one, to having no rows. Its history
  /// stays: what is undone can still be read by its number.
  public void rewind(TableName name, Optional<Long> snapshot) {
    refuseUnlessOpen();
    try {
      work.table(name).rewind(snapshot);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "rewinding " + name);
    }
  }

  /// Takes over the version of a table or view that a named branch has, with its past. It is seen
  /// from the publish on, not from when the branch made it.
  void adopt(Pointer theirs, Optional<Pointer> ours) {
    refuseUnlessOpen();
    try {
      work.adopt(theirs, ours);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "merging " + theirs.name());
    }
  }

  /// What a named branch took, and what it gave back, is written down beside the tables; the
  /// database is told alongside the publish.
  void tell(List<Consumed> taken, Map<TableName, Set<RunId>> again) {
    refuseUnlessOpen();
    work.tell(taken, again);
  }

  /// Where the staged version of a table or view will be found.
  Optional<String> location(TableName name) {
    return work.moves().stream().filter(move -> move.name().equals(name)).map(Move::to).findFirst();
  }

  /// What the source of a table took in these runs and after them is forgotten with the publish,
  /// and taken again.
  public void forget(TableName table, Set<RunId> runs) {
    refuseUnlessOpen();
    work.forget(table, runs);
  }

  /// Rows that become true with the publish.
  public void consume(List<Consumed> consumed) {
    refuseUnlessOpen();
    work.consume(consumed);
  }

  public void drift(List<Drift> drifts) {
    refuseUnlessOpen();
    work.drift(drifts);
  }

  /// As [#publish(Consumer)], with nothing alongside.
  public void publish() {
    publish(_ -> {});
  }

  /// Makes all that was staged visible in one database transaction, with whatever `alongside`
  /// writes into it. `alongside` may be called several times, only the last time counts; [#find]
  /// gives it the tables as they will be. When others published to the same tables meanwhile,
  /// appends are put on top of theirs; replacements and changes of rows are a `Failure` (RETRY). A
  /// lost answer of the database is found out: when this returns, the publish happened, exactly
  /// once.
  public void publish(Consumer<Transaction> alongside) {
    refuseUnlessOpen();
    // Before and not after: a process that dies in between would leave them to nobody.
    work.removeSuperseded();
    publisher.publish(work, alongside, () -> state = State.UNKNOWN);
    state = State.PUBLISHED;
    work.removeOpen();
  }

  /// Drops all that was staged and removes its files. Does nothing after a publish, nor when its
  /// outcome is not known.
  public void discard() {
    if (state == State.OPEN) {
      state = State.DISCARDED;
      work.removeAll();
    }
  }

  /// As [#discard].
  @Override
  public void close() {
    discard();
  }

  private void refuseUnlessOpen() {
    if (state != State.OPEN) {
      throw Failure.bug("the branch of run " + run() + " is closed", new IllegalStateException());
    }
  }
}
