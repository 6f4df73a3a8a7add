package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/// Changes a table's definition without touching its rows; seen at once.
final class TableChange {
  private final Catalog catalog;
  private final Names names;
  private final InstantSource clock;
  private final Durability durability;
  private final int attempts;
  private final TableLocks locks;

  TableChange(
      Catalog catalog,
      Names names,
      InstantSource clock,
      Durability durability,
      int attempts,
      TableLocks locks) {
    this.catalog = catalog;
    this.names = names;
    this.clock = clock;
    this.durability = durability;
    this.attempts = attempts;
    this.locks = locks;
  }

  void columns(TableName name, List<SchemaChange> changes) {
    change(
        name,
        table -> new SchemaEvolution(name, table, catalog.files()).apply(changes),
        (_, _, _) -> {});
  }

  void tag(TableName name, String tag, long snapshot) {
    if (tag.isBlank() || tag.equals(SnapshotRef.MAIN_BRANCH) || tag.matches("\\d+")) {
      throw Failure.input(
          "'" + tag + "' can't be a tag", "choose a name that is no number and not 'main'");
    }
    change(
        name,
        table -> {
          if (table.snapshot(snapshot) == null) {
            throw Failure.input(
                name + " has no snapshot " + snapshot, "tarn history " + name + " lists them");
          }
          return TableMetadata.buildFrom(table)
              .setRef(tag, SnapshotRef.tagBuilder(snapshot).build());
        },
        SameRows::carryOver);
  }

  void untag(TableName name, String tag) {
    change(
        name,
        table -> {
          SnapshotRef ref = table.ref(tag);
          if (ref == null || ref.isBranch()) {
            throw Failure.input(
                name + " has no tag '" + tag + "'", "tarn history " + name + " lists them");
          }
          return TableMetadata.buildFrom(table).removeRef(tag);
        },
        SameRows::carryOver);
  }

  void drop(TableName name) {
    Optional<Pointer> pointer = catalog.pointer(name);
    if (pointer.isEmpty()) {
      throw Failure.input("there is no table " + name);
    }
    String location = pointer.get().metadataLocation();
    boolean dropped = catalog.store().transact(write -> write.pointers().drop(name, location));
    if (!dropped && catalog.pointer(name).isPresent()) {
      throw Failure.retry(
          name + " was changed meanwhile", "drop it again", new IllegalStateException());
    }
  }

  /// What else is written with the change.
  @FunctionalInterface
  private interface Alongside {
    void write(Transaction transaction, LakeTable before, String location);
  }

  private void change(
      TableName name, Function<TableMetadata, TableMetadata.Builder> work, Alongside alongside) {
    List<Lock> held = locks.take(List.of(name));
    try {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        if (changed(catalog.required(name), work, alongside)) {
          return;
        }
      }
      throw Failure.retry(
          name + " was changed by others " + attempts + " times in a row",
          "try again",
          new IllegalStateException());
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "changing " + name);
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  private boolean changed(
      LakeTable table, Function<TableMetadata, TableMetadata.Builder> work, Alongside alongside) {
    TableMetadata before = table.metadata();
    TableMetadata after = GivenTime.build(before, clock.instant(), work);
    RunId maker = RunId.next(clock.instant(), new SplittableRandom());
    WriteLog log = new WriteLog(table.name(), maker);
    String location = names.metadata(before.location(), Optional.of(before), maker);
    TableMetadataParser.write(
        after, LakeFiles.staging(catalog.checksums(), log).newOutputFile(location));
    durability.sync(List.of(LakeFiles.path(location)), List.<Path>of());
    Pointer pointer = Pointer.table(table.name(), table.metadataLocation());
    Move move = new Move(table.name(), Optional.of(pointer), location, false);
    boolean done =
        new Publication(
                catalog.store(),
                maker.value(),
                List.of(move),
                log.records(),
                transaction -> alongside.write(transaction, table, location))
            .commit();
    if (!done) {
      log.removeAll();
    }
    return done;
  }
}
