package dev.tarn.lake;

import dev.tarn.store.FileKind;
import dev.tarn.store.FileRecord;
import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings the catalog back to what the files in the warehouse say: a table or view that the
/// metadata database does not know, or whose current metadata is damaged, gets the newest version
/// that is whole.
final class Rebuild {
  private final Catalog catalog;
  private final Path warehouse;
  private final RunId run;
  private final Durability threads;
  private final List<TableName> found = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<TableName, RunId> made = new HashMap<>();
  private final Map<TableName, Boolean> logged = new HashMap<>();

  /// @param run what the checksums that are taken anew are noted under
  Rebuild(Catalog catalog, Path warehouse, RunId run, Durability threads) {
    this.catalog = catalog;
    this.warehouse = warehouse;
    this.run = run;
    this.threads = threads;
  }

  Rebuilt all() {
    Map<TableName, Pointer> pointers = new TreeMap<>();
    catalog
        .store()
        .read(read -> read.pointers().all())
        .forEach(pointer -> pointers.put(pointer.name(), pointer));
    for (WarehouseVersions.Version newest : newestByName(dropped()).values()) {
      Optional<Pointer> pointer = Optional.ofNullable(pointers.get(newest.name()));
      if (pointer.isEmpty() || !whole(pointer.get())) {
        register(newest, pointer);
      }
    }
    restoreConsumed();
    return new Rebuilt(found, skipped);
  }

  /// Only for tables whose log is empty, and only up to the run that made the version that was
  /// taken.
  private void restoreConsumed() {
    List<Consumed> lost = new ArrayList<>();
    List<FileRecord> files = new ArrayList<>();
    Map<Path, ConsumedJournal.Entries> journals = journals();
    Set<ConsumedJournal.Forgotten> forgotten =
        journals.values().stream()
            .flatMap(entries -> entries.forgotten().stream())
            .filter(one -> isPast(one.table(), one.by()))
            .collect(Collectors.toSet());
    journals.forEach((journal, entries) -> {
      List<Consumed> known =
          entries.taken().stream()
              .filter(this::isLost)
              .filter(one -> forgotten.stream().noneMatch(undone -> isOf(undone, one)))
              .toList();
      lost.addAll(known);
      Stream.concat(
              known.stream().map(Consumed::table),
              entries.forgotten().stream().map(ConsumedJournal.Forgotten::table))
          .findFirst()
          .ifPresent(table -> files.addAll(measured(journal, table)));
    });
    if (!lost.isEmpty()) {
      catalog
          .store()
          .write(write -> {
            write.consumed().add(lost);
            write.files().add(files);
          });
    }
  }

  private Map<Path, ConsumedJournal.Entries> journals() {
    Map<Path, ConsumedJournal.Entries> journals = new LinkedHashMap<>();
    for (Path journal : new ConsumedJournal(warehouse).files()) {
      try {
        journals.put(journal, ConsumedJournal.read(journal));
      } catch (Failure failure) {
        skipped.add(failure.getMessage());
      }
    }
    return journals;
  }

  private static boolean isOf(ConsumedJournal.Forgotten forgotten, Consumed consumed) {
    return forgotten.table().equals(consumed.table()) && forgotten.run().equals(consumed.run());
  }

  /// Whether the version that was taken is of that run or a later one.
  private boolean isPast(TableName table, RunId run) {
    RunId last = made.get(table);
    return last != null && run.compareTo(last) <= 0;
  }

  private boolean isLost(Consumed consumed) {
    return isPast(consumed.table(), consumed.run())
        && logged
            .computeIfAbsent(
                consumed.table(),
                table -> !catalog.store().read(read -> read.consumed().ofTable(table)).isEmpty())
            .equals(false);
  }

  private List<FileRecord> measured(Path journal, TableName table) {
    try {
      return FileCheck.measure(journal).stream()
          .map(size ->
              new FileRecord(
                  journal.toString(), size.bytes(), size.crc32c(), table, FileKind.METADATA, run))
          .toList();
    } catch (IOException e) {
      throw LakeFailures.of(e, "reading " + journal);
    }
  }

  /// A name may be found in two folders, when a table was dropped and made again: the later one
  /// counts.
  private Map<TableName, WarehouseVersions.Version> newestByName(Set<Path> dropped) {
    Map<TableName, WarehouseVersions.Version> newest = new TreeMap<>();
    for (var version : new WarehouseVersions(catalog, warehouse, skipped).newest()) {
      if (!dropped.contains(LakeFiles.path(version.location()).resolveSibling("."))) {
        newest.merge(
            version.name(), version, (one, two) -> one.millis() >= two.millis() ? one : two);
      }
    }
    return newest;
  }

  /// The folders of what was dropped on purpose.
  private Set<Path> dropped() {
    return catalog.store().read(read -> read.dropped().all()).stream()
        .map(one -> LakeFiles.path(one.metadataLocation()).resolveSibling("."))
        .collect(Collectors.toSet());
  }

  private boolean whole(Pointer pointer) {
    try {
      if (pointer.view()) {
        catalog.viewMetadata(pointer.name(), pointer.metadataLocation());
      } else {
        catalog.table(pointer.name(), pointer.metadataLocation()).scan();
      }
      return true;
    } catch (Failure failure) {
      skipped.add(pointer.name() + ": " + failure.getMessage());
      return false;
    }
  }

  private void register(WarehouseVersions.Version version, Optional<Pointer> before) {
    List<FileRecord> files = files(version);
    Move move = new Move(version.name(), before, version.location(), version.view());
    boolean done =
        catalog.store().<Boolean>transact(transaction -> register(transaction, move, files));
    if (done) {
      found.add(version.name());
      Names.maker(version.location()).ifPresent(maker -> made.put(version.name(), maker));
    } else {
      skipped.add(version.name() + ": changed by others meanwhile");
    }
  }

  private static boolean register(Transaction transaction, Move move, List<FileRecord> files) {
    boolean done = move.done(transaction);
    if (done) {
      transaction.files().add(files);
    }
    return done;
  }

  /// From now on changes of these files are noticed; of what they were before nothing is known any
  /// more.
  private List<FileRecord> files(WarehouseVersions.Version version) {
    LiveFiles live = new LiveFiles(catalog);
    live.add(new Pointer(version.name(), version.location(), Optional.empty(), version.view()));
    Collection<String> known = catalog.checksums().of(live.paths()).keySet();
    ConcurrentLinkedQueue<FileRecord> records = new ConcurrentLinkedQueue<>();
    threads.each(
        "measuring files",
        live.paths().stream().filter(path -> !known.contains(path)).toList(),
        path ->
            FileCheck.measure(LakeFiles.path(path))
                .ifPresent(size ->
                    records.add(
                        new FileRecord(
                            path, size.bytes(), size.crc32c(), version.name(), kind(path), run))));
    return List.copyOf(records);
  }

  private static FileKind kind(String path) {
    return path.endsWith(".json") || path.endsWith(".avro")
        ? WriteLog.kind(Path.of(path).getFileName().toString())
        : FileKind.DATA;
  }
}
