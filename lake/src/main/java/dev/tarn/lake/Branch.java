package dev.tarn.lake;

import dev.tarn.store.FileRecord;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.view.ViewMetadataParser;

/// One run's, or one source's, work that nobody sees until it is published. Thread-safe.
public final class Branch implements AutoCloseable {
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int DOUBLINGS = 6;

  private final RunId run;
  private final Catalog catalog;
  private final Names names;
  private final InstantSource clock;
  private final LakeSettings settings;
  private final Durability durability;
  private final TableLocks locks;
  private final PublishQueue queue;
  private final Random random;
  private final Map<TableName, StagedTable> tables = new ConcurrentSkipListMap<>();
  private final Map<TableName, StagedView> views = new ConcurrentSkipListMap<>();
  private final List<Consumed> consumed = new CopyOnWriteArrayList<>();
  private final List<Drift> drifts = new CopyOnWriteArrayList<>();
  private volatile State state = State.OPEN;

  private enum State {
    OPEN,
    PUBLISHED,
    UNKNOWN,
    DISCARDED
  }

  Branch(
      RunId run,
      Catalog catalog,
      Names names,
      InstantSource clock,
      LakeSettings settings,
      Durability durability,
      TableLocks locks,
      PublishQueue queue) {
    this.run = run;
    this.catalog = catalog;
    this.names = names;
    this.clock = clock;
    this.settings = settings;
    this.durability = durability;
    this.locks = locks;
    this.queue = queue;
    this.random = new Random(run.hashCode());
  }

  public RunId run() {
    return run;
  }

  /// The staged table when there is one, else the published one.
  public Optional<LakeTable> find(TableName name) {
    if (views.containsKey(name)) {
      return Optional.empty();
    }
    StagedTable staged = tables.get(name);
    return staged != null && staged.isStaged() ? staged.table() : catalog.table(name);
  }

  /// The staged view when there is one, else the published one.
  public Optional<LakeView> findView(TableName name) {
    StagedView view = views.get(name);
    if (view != null) {
      return Optional.of(view.view());
    }
    return isStaged(name) ? Optional.empty() : catalog.view(name);
  }

  /// The tables and views that something was staged for.
  public List<TableName> staged() {
    List<TableName> names = new ArrayList<>(views.keySet());
    stagedTables().forEach(table -> names.add(table.name()));
    return names.stream().sorted().toList();
  }

  /// Where to write all rows of a table anew. Field ids stay for columns of the same name and a
  /// type that fits; the table is made when there is none, and its history stays when there is one.
  public WriteTarget replace(TableName name, TableSpec spec) {
    return table(name).open(true, spec, settings.fileBytes());
  }

  /// Where to write further rows of a table. Makes the table, or evolves it by name: adds columns
  /// and widens types, drops nothing. Types that can't be widened are a `Failure` (FIX_INPUT) that
  /// names all such columns.
  public WriteTarget append(TableName name, TableSpec spec) {
    return table(name).open(false, spec, settings.fileBytes());
  }

  /// The files written for a target become a staged snapshot. No files: an empty table for a
  /// replacement, no new rows for an append. A replacement takes the place of all that this branch
  /// staged for the table before, whose files are removed.
  public void stage(WriteTarget target, List<WrittenFile> files) {
    try {
      table(target.table()).stage(target, files);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "staging " + target.table());
    }
  }

  /// Stages a view, in place of one of the same name.
  public void view(TableName name, String sql, Schema schema, Map<String, String> properties) {
    refuseUnlessOpen();
    views.put(
        name, new StagedView(name, sql, schema, properties, run, catalog, names, clock.instant()));
  }

  /// Rows that become true with the publish.
  public void consume(List<Consumed> taken) {
    consumed.addAll(taken);
  }

  public void drift(List<Drift> found) {
    drifts.addAll(found);
  }

  /// Makes all that was staged visible in one database transaction, with whatever `alongside`
  /// writes into it. `alongside` may be called several times, only the last time counts; [#find]
  /// gives it the tables as they will be. When others published to the same tables meanwhile,
  /// appends are put on top of theirs; replacements are a `Failure` (RETRY). A lost answer of the
  /// database is found out: when this returns, the publish happened, exactly once.
  public void publish(Consumer<Transaction> alongside) {
    refuseUnlessOpen();
    List<Lock> held = locks.take(staged());
    try {
      publishHeld(alongside);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "publishing");
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  private void publishHeld(Consumer<Transaction> alongside) {
    writeMetadata();
    if (commit(alongside)) {
      return;
    }
    for (int attempt = 2; attempt <= settings.publishAttempts(); attempt++) {
      try (PublishQueue.Turn turn = queue.join()) {
        if (!turn.alone()) {
          LockSupport.parkNanos(random.nextLong(PAUSE_NANOS << Math.min(attempt, DOUBLINGS)));
        }
        stagedTables().forEach(StagedTable::rebase);
        refuseMovedViews();
        writeMetadata();
        if (commit(alongside)) {
          return;
        }
      }
    }
    throw Failure.retry(
        "others published to the same tables " + settings.publishAttempts() + " times in a row",
        "run again",
        new IllegalStateException());
  }

  private boolean commit(Consumer<Transaction> alongside) {
    String id = run.value() + "-" + Names.fresh();
    Publication publication =
        new Publication(
            catalog.store(),
            id,
            moves(),
            records(),
            transaction -> {
              transaction.consumed().add(consumed);
              transaction.drifts().add(drifts);
              alongside.accept(transaction);
            });
    try {
      boolean published = publication.commit();
      state = published ? State.PUBLISHED : State.OPEN;
      if (published) {
        tables.values().forEach(StagedTable::removeOpen);
      }
      return published;
    } finally {
      // Whether the files are named by a pointer is then not known, so that none may be removed.
      state = publication.isOpen() ? State.UNKNOWN : state;
    }
  }

  /// Everything a pointer is about to name is on disk, and stays there, before the transaction
  /// begins.
  private void writeMetadata() {
    durability.each(
        stagedTables(),
        table -> {
          Move move = table.move();
          if (table.log().of(move.to()).isEmpty()) {
            TableMetadataParser.write(table.metadata(), table.files().newOutputFile(move.to()));
          }
        });
    for (StagedView view : views.values()) {
      if (view.log().of(view.move().to()).isEmpty()) {
        ViewMetadataParser.write(view.metadata(), view.files().newOutputFile(view.move().to()));
      }
    }
    List<Path> metadata = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (FileRecord file : records()) {
      Path path = LakeFiles.path(file.path());
      switch (file.kind()) {
        // The engine has synced its files, but not their folders.
        case DATA, DELETES -> folders.add(path.getParent());
        case METADATA, MANIFEST, MANIFEST_LIST, STATISTICS -> metadata.add(path);
      }
    }
    durability.sync(metadata, folders);
  }

  private List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    stagedTables().forEach(table -> moves.add(table.move()));
    views.values().forEach(view -> moves.add(view.move()));
    return moves;
  }

  private List<FileRecord> records() {
    List<FileRecord> records = new ArrayList<>();
    stagedTables().forEach(table -> records.addAll(table.log().records()));
    views.values().forEach(view -> records.addAll(view.log().records()));
    return records;
  }

  private void refuseMovedViews() {
    for (StagedView view : views.values()) {
      if (!catalog.pointer(view.move().name()).equals(view.move().from())) {
        throw Failure.retry(
            "another program changed the view " + view.move().name(),
            "run again",
            new IllegalStateException());
      }
    }
  }

  /// Drops all that was staged and removes its files. Does nothing after a publish, nor when its
  /// outcome is not known.
  public void discard() {
    if (state == State.OPEN) {
      state = State.DISCARDED;
      tables.values().forEach(StagedTable::removeOpen);
      tables.values().forEach(table -> table.log().removeAll());
      views.values().forEach(view -> view.log().removeAll());
    }
  }

  /// As [#discard].
  @Override
  public void close() {
    discard();
  }

  private StagedTable table(TableName name) {
    refuseUnlessOpen();
    return tables.computeIfAbsent(
        name, _ -> new StagedTable(name, run, catalog, names, clock, settings.snapshots()));
  }

  private boolean isStaged(TableName name) {
    StagedTable staged = tables.get(name);
    return staged != null && staged.isStaged();
  }

  private List<StagedTable> stagedTables() {
    return tables.values().stream().filter(StagedTable::isStaged).toList();
  }

  private void refuseUnlessOpen() {
    if (state != State.OPEN) {
      throw Failure.bug("the branch of run " + run + " is closed", new IllegalStateException());
    }
  }
}
