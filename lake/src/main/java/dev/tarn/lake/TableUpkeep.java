package dev.tarn.lake;

import dev.tarn.store.FileKind;
import dev.tarn.store.FileRecord;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.ValidationException;

/// Publishes a version of a table that has the same rows. Whatever was made from the version before
/// counts as made from the new one: nothing needs a refresh for it.
final class TableUpkeep {
  private final Catalog catalog;
  private final Names names;
  private final Durability durability;
  private final TableLocks locks;
  private final int attempts;

  TableUpkeep(Catalog catalog, Names names, Durability durability, TableLocks locks, int attempts) {
    this.catalog = catalog;
    this.names = names;
    this.durability = durability;
    this.locks = locks;
    this.attempts = attempts;
  }

  /// How a version becomes the next; the same one when there is nothing to do.
  interface Change {
    TableMetadata apply(SnapshotStage stage, TableMetadata table);
  }

  /// Does a change on top of whatever others publish meanwhile. False when there was nothing to do,
  /// or when what others did leaves no room for it; then the written files are gone.
  boolean change(TableName name, RunId run, List<WrittenFile> written, Change change) {
    List<Lock> held = locks.take(List.of(name));
    try {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        Outcome outcome = once(catalog.required(name), run, written, change);
        if (outcome != Outcome.OVERTAKEN) {
          return outcome == Outcome.DONE;
        }
      }
      written.forEach(file -> names.remove(file.path()));
      return false;
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "tidying up " + name);
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  private enum Outcome {
    DONE,
    NOTHING,
    OVERTAKEN
  }

  private Outcome once(LakeTable table, RunId run, List<WrittenFile> written, Change change) {
    WriteLog log = new WriteLog(table.name(), run);
    LakeFiles files = LakeFiles.staging(catalog.checksums(), log);
    TableMetadata before = table.metadata();
    try {
      TableMetadata after =
          change.apply(new SnapshotStage(table.name(), files, run, Integer.MAX_VALUE), before);
      if (after == before) {
        log.removeAll();
        return Outcome.NOTHING;
      }
      String location = names.metadata(before.location(), Optional.of(before), run);
      TableMetadataParser.write(after, files.newOutputFile(location));
      sync(log, written);
      return publish(table, location, log, written);
    } catch (ValidationException _) {
      log.removeAll();
      written.forEach(file -> names.remove(file.path()));
      return Outcome.NOTHING;
    }
  }

  /// The engine has synced its files, but not their folders.
  private void sync(WriteLog log, List<WrittenFile> written) {
    durability.sync(
        log.records().stream().map(FileRecord::path).map(LakeFiles::path).toList(),
        written.stream().map(file -> file.path().resolveSibling(".").normalize()).toList());
  }

  /// After a failure the files stay: the answer may have been lost, and the next run's sweep knows.
  private Outcome publish(
      LakeTable table, String location, WriteLog log, List<WrittenFile> written) {
    Pointer pointer = Pointer.table(table.name(), table.metadataLocation());
    Move move = new Move(table.name(), Optional.of(pointer), location, false);
    List<FileRecord> records = new ArrayList<>(log.records());
    written.forEach(file ->
        records.add(
            new FileRecord(
                file.path().toString(),
                file.bytes(),
                file.crc32c(),
                table.name(),
                FileKind.DATA,
                log.run())));
    boolean done =
        new Publication(
                catalog.store(),
                log.run().value() + "-" + Names.fresh(),
                List.of(move),
                records,
                transaction -> {
                  SameRows.carryOver(transaction, table, location);
                  transaction
                      .branches()
                      .carryOver(table.name(), table.metadataLocation(), location);
                })
            .commit();
    if (!done) {
      log.removeAll();
      return Outcome.OVERTAKEN;
    }
    catalog.checksums().learn(records);
    return Outcome.DONE;
  }
}
