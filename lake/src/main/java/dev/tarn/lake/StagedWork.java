package dev.tarn.lake;

import dev.tarn.store.FileRecord;
import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.view.ViewMetadataParser;

/// All that a branch holds and nobody sees: tables, views and rows that go in with the publish.
/// Thread-safe.
final class StagedWork {
  private final RunId run;
  private final Catalog catalog;
  private final Names names;
  private final InstantSource clock;
  private final int keep;
  private final Map<TableName, StagedTable> tables = new ConcurrentSkipListMap<>();
  private final Map<TableName, StagedView> views = new ConcurrentSkipListMap<>();
  private final List<Consumed> consumed = new CopyOnWriteArrayList<>();
  private final List<Drift> drifts = new CopyOnWriteArrayList<>();
  private final Map<TableName, Set<RunId>> forgotten = new ConcurrentSkipListMap<>();
  private final List<Consumed> told = new CopyOnWriteArrayList<>();
  private final List<ConsumedJournal.Forgotten> untold = new CopyOnWriteArrayList<>();
  private final List<WriteLog> journals = new CopyOnWriteArrayList<>();

  StagedWork(RunId run, Catalog catalog, Names names, InstantSource clock, int keep) {
    this.run = run;
    this.catalog = catalog;
    this.names = names;
    this.clock = clock;
    this.keep = keep;
  }

  RunId run() {
    return run;
  }

  StagedTable table(TableName name) {
    return tables.computeIfAbsent(
        name, _ -> new StagedTable(name, run, catalog, names, clock, keep));
  }

  Optional<LakeTable> find(TableName name) {
    if (views.containsKey(name)) {
      return Optional.empty();
    }
    StagedTable staged = tables.get(name);
    return staged != null && staged.isStaged() ? staged.table() : catalog.table(name);
  }

  Optional<LakeView> findView(TableName name) {
    StagedView view = views.get(name);
    if (view != null) {
      return Optional.of(view.view());
    }
    StagedTable staged = tables.get(name);
    return staged != null && staged.isStaged() ? Optional.empty() : catalog.view(name);
  }

  void view(TableName name, String sql, Schema schema, Map<String, String> properties) {
    views.put(
        name, new StagedView(name, sql, schema, properties, run, catalog, names, clock.instant()));
  }

  /// The version that a branch has.
  void adopt(Pointer theirs, Optional<Pointer> ours) {
    TableName name = theirs.name();
    if (theirs.view()) {
      views.put(name, new StagedView(theirs, ours, run, catalog, names));
    } else {
      table(name).adopt(catalog.metadata(name, theirs.metadataLocation()), ours);
    }
  }

  /// What was taken, and what is to be taken again, of which the database is told by others: only
  /// written down beside the tables.
  void tell(List<Consumed> taken, Map<TableName, Set<RunId>> again) {
    told.addAll(taken);
    again.forEach((table, runs) ->
        runs.forEach(one -> untold.add(new ConsumedJournal.Forgotten(table, one, run))));
  }

  void consume(List<Consumed> taken) {
    consumed.addAll(taken);
  }

  /// What the table's source took in these runs and after them is to be taken again.
  void forget(TableName table, Set<RunId> runs) {
    Set<RunId> all =
        catalog.store().read(read -> read.consumed().since(table, runs)).stream()
            .map(Consumed::run)
            .collect(Collectors.toSet());
    if (!all.isEmpty()) {
      forgotten.put(table, all);
    }
  }

  void drift(List<Drift> found) {
    drifts.addAll(found);
  }

  List<TableName> staged() {
    List<TableName> all = new ArrayList<>(views.keySet());
    stagedTables().forEach(table -> all.add(table.name()));
    return all.stream().sorted().toList();
  }

  List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    stagedTables().forEach(table -> moves.add(table.move()));
    views.values().forEach(view -> moves.add(view.move()));
    return moves;
  }

  List<FileRecord> records() {
    List<FileRecord> records = new ArrayList<>();
    stagedTables().forEach(table -> records.addAll(table.log().records()));
    views.values().forEach(view -> records.addAll(view.log().records()));
    journals.forEach(journal -> records.addAll(journal.records()));
    return records;
  }

  void writeRows(Transaction transaction) {
    forgotten.forEach(transaction.consumed()::removeSince);
    transaction.consumed().add(List.copyOf(consumed));
    transaction.drifts().add(List.copyOf(drifts));
  }

  /// Everything a pointer is about to name is on disk, and stays there, when this returns.
  void writeMetadata(Durability durability) {
    durability.each("writing metadata", stagedTables(), StagedWork::write);
    durability.each("writing metadata", views.values(), StagedWork::write);
    writeJournal();
    List<Path> metadata = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (FileRecord file : records()) {
      Path path = LakeFiles.path(file.path());
      switch (file.kind()) {
        // The engine has synced its files, but not their folders.
        case DATA, DELETES -> folders.add(path.resolveSibling("."));
        case METADATA, MANIFEST, MANIFEST_LIST, STATISTICS -> metadata.add(path);
      }
    }
    durability.sync(metadata, folders.stream().map(Path::normalize).toList());
  }

  private static void write(StagedTable table) {
    String location = table.move().to();
    if (table.log().of(location).isEmpty()) {
      TableMetadataParser.write(table.metadata(), table.files().newOutputFile(location));
    }
  }

  private static void write(StagedView view) {
    String location = view.move().to();
    if (view.log().of(location).isEmpty()) {
      ViewMetadataParser.write(view.metadata(), view.files().newOutputFile(location));
    }
  }

  private void writeJournal() {
    List<Consumed> taken = new ArrayList<>(consumed);
    taken.addAll(told);
    List<ConsumedJournal.Forgotten> undone = new ArrayList<>(untold);
    forgotten.forEach((table, runs) ->
        runs.forEach(one -> undone.add(new ConsumedJournal.Forgotten(table, one, run))));
    // What a branch took counts once it is merged.
    if (names.onBranch() || taken.isEmpty() && undone.isEmpty() || !journals.isEmpty()) {
      return;
    }
    TableName table = taken.isEmpty() ? undone.getFirst().table() : taken.getFirst().table();
    WriteLog log = new WriteLog(table, run);
    String location = new ConsumedJournal(names.warehouse()).next(run);
    try {
      ConsumedJournal.write(
          new ConsumedJournal.Entries(taken, undone),
          LakeFiles.staging(catalog.checksums(), log).newOutputFile(location));
      journals.add(log);
    } catch (IOException e) {
      throw LakeFailures.of(e, "publishing");
    }
  }

  /// Puts all appends on top of what others published meanwhile.
  void rebase() {
    stagedTables().forEach(StagedTable::rebase);
    for (StagedView view : views.values()) {
      Optional<Pointer> now = catalog.pointer(view.move().name());
      if (!now.equals(view.move().from())) {
        throw Failure.retry(
            "another program changed the view " + view.move().name(),
            "run again",
            new IllegalStateException());
      }
    }
  }

  /// Removes what was written for targets that nothing was staged for.
  void removeOpen() {
    tables.values().forEach(StagedTable::removeOpen);
  }

  /// Removes what a later replacement in this branch took the place of.
  void removeSuperseded() {
    tables.values().forEach(table -> table.log().removeSuperseded());
  }

  void removeAll() {
    removeOpen();
    tables.values().forEach(table -> table.log().removeAll());
    views.values().forEach(view -> view.log().removeAll());
    journals.forEach(WriteLog::removeAll);
  }

  private List<StagedTable> stagedTables() {
    return tables.values().stream().filter(StagedTable::isStaged).toList();
  }
}
