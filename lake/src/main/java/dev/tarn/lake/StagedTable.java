package dev.tarn.lake;

import dev.tarn.store.FileKind;
import dev.tarn.store.FileRecord;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/// One table within a branch: what it was when the branch first saw it, and what was staged on top.
/// Thread-safe.
final class StagedTable {
  private final TableName name;
  private final RunId run;
  private final Catalog catalog;
  private final Names names;
  private final InstantSource clock;
  private final int keep;
  private final WriteLog log;
  private final LakeFiles files;
  private final Map<WriteTarget, StagedWrite> open = new HashMap<>();
  private final List<StagedWrite> writes = new ArrayList<>();
  private Optional<Pointer> pointer;
  private Optional<TableMetadata> base;
  private Optional<TableMetadata> current;
  private String location;
  private String metadataLocation;
  private boolean set;

  StagedTable(
      TableName name, RunId run, Catalog catalog, Names names, InstantSource clock, int keep) {
    this.name = name;
    this.run = run;
    this.catalog = catalog;
    this.names = names;
    this.clock = clock;
    this.keep = keep;
    this.log = new WriteLog(name, run);
    this.files = LakeFiles.staging(catalog.checksums(), log);
    this.pointer = catalog.pointer(name);
    this.base = readBase();
    this.current = base;
    this.location = base.map(TableMetadata::location).orElseGet(() -> names.table(name));
    this.metadataLocation = names.metadata(location, base, run);
  }

  synchronized WriteTarget open(boolean replaces, TableSpec spec, long fileBytes) {
    TableMetadata shape = shape(replaces, spec, replaces ? base : current);
    if (!replaces && base.isEmpty() && pointer.isPresent()) {
      throw Failure.input(
          name + " is a view and takes no rows", "drop it, or give the table another name");
    }
    WriteTarget target =
        new WriteTarget(
            name,
            names.dataFolder(location, run),
            columns(shape, spec),
            spec.partition(),
            spec.sort(),
            fileBytes);
    open.put(target, new StagedWrite.Rows(replaces, spec, target, List.of()));
    return target;
  }

  synchronized void stage(WriteTarget target, List<WrittenFile> written) {
    if (!(opened(target) instanceof StagedWrite.Rows(var replaces, var spec, _, _))) {
      throw Failure.bug(target.folder() + " is for changes", new IllegalStateException());
    }
    StagedWrite.Rows write = new StagedWrite.Rows(replaces, spec, target, List.copyOf(written));
    List<FileRecord> earlier = log.records();
    current = Optional.of(apply(write, replaces ? base : current));
    if (replaces) {
      supersede(earlier);
    }
    writes.add(write);
    if (written.isEmpty()) {
      names.remove(target.folder());
    }
    log(written, FileKind.DATA);
  }

  private StagedWrite opened(WriteTarget target) {
    StagedWrite opened = open.remove(target);
    if (opened == null) {
      throw Failure.bug(
          "nothing is open for " + name + " in " + target.folder(), new IllegalStateException());
    }
    return opened;
  }

  private void log(List<WrittenFile> written, FileKind kind) {
    for (WrittenFile file : written) {
      log.add(file.path().toString(), file.bytes(), file.crc32c(), kind);
    }
  }

  /// @param removed how many rows go, by the place of their file in the scan
  synchronized Amendment amend(Scan scan, Map<Integer, Long> removed, long fileBytes) {
    LakeTable table =
        table()
            .orElseThrow(() -> Failure.input("there is no table " + name + " to change rows of"));
    if (!Layout.known(table.metadata())) {
      throw Failure.input(
          name + " has partitions or an order that another program gave it and that can't be kept",
          "refresh it as a whole");
    }
    AmendmentPlan plan = new AmendmentPlan(table, files, scan, removed, fileBytes);
    Amendment amendment =
        plan.plan(
            new WriteTarget(
                name,
                names.dataFolder(location, run),
                table.columns(),
                table.partition(),
                table.sort(),
                fileBytes));
    open.put(
        amendment.target(),
        new StagedWrite.Change(amendment, List.of(), List.of(), Amendment.Figures.NONE));
    return amendment;
  }

  synchronized void stage(
      Amendment amendment,
      List<WrittenFile> rows,
      List<WrittenFile> lists,
      Amendment.Figures figures) {
    opened(amendment.target());
    StagedWrite.Change write =
        new StagedWrite.Change(amendment, List.copyOf(rows), List.copyOf(lists), figures);
    current = Optional.of(apply(write, current));
    writes.add(write);
    log(rows, FileKind.DATA);
    log(lists, FileKind.DELETES);
  }

  synchronized void abandon(Amendment amendment) {
    if (open.remove(amendment.target()) != null) {
      names.remove(amendment.target().folder());
    }
  }

  synchronized void rewind(Optional<Long> snapshot) {
    TableMetadata before =
        base.orElseThrow(() -> Failure.input("there is no table " + name + " to rewind"));
    current =
        Optional.of(
            snapshot
                .map(id -> new Rewind(name, files).to(id, before, clock.instant()))
                .orElseGet(() ->
                    new SnapshotStage(name, files, run, keep)
                        .replace(before, List.of(), clock.instant())));
    set = true;
  }

  /// A version that was made elsewhere takes the place of this one.
  ///
  /// @param ours what its place is taken of
  synchronized void adopt(TableMetadata theirs, Optional<Pointer> ours) {
    requireUnmoved(name, pointer, ours);
    location = theirs.location();
    metadataLocation =
        names.metadata(
            location,
            Names.later(theirs.metadataFileLocation(), pointer.map(Pointer::metadataLocation)),
            run.value());
    current = Optional.of(Adoption.of(theirs, base, clock.instant()));
    set = true;
  }

  /// A replacement takes the place of all that this branch staged before, in the table's history
  /// too: rows that were never published leave no snapshot behind, and no files once the branch
  /// ends.
  private void supersede(List<FileRecord> earlier) {
    writes.clear();
    log.supersede(earlier);
  }

  private TableMetadata apply(StagedWrite write, Optional<TableMetadata> onto) {
    return switch (write) {
      case StagedWrite.Rows rows -> apply(rows, onto);
      case StagedWrite.Change change -> apply(change, onto.orElseThrow());
    };
  }

  private TableMetadata apply(StagedWrite.Change change, TableMetadata table) {
    Amendment amendment = change.amendment();
    WriteTarget target = amendment.target();
    if (!TypeMapping.nodes(table.schema()).equals(target.columns())
        || !Layout.keys(table.schema(), table.spec()).equals(target.partition())) {
      throw evolved();
    }
    Amended amended =
        new Amended(
            amendment.gone(),
            amendment.goneLists(),
            new DataFileMaker(table).make(change.rows()),
            new ListMaker(table).make(amendment, change.lists()),
            change.figures());
    return new SnapshotStage(name, files, run, keep).amend(table, amended, clock.instant());
  }

  private TableMetadata apply(StagedWrite.Rows write, Optional<TableMetadata> onto) {
    TableMetadata shape = shape(write.replaces(), write.spec(), onto);
    if (!columns(shape, write.spec()).equals(write.target().columns())) {
      throw evolved();
    }
    var made = new DataFileMaker(shape).make(write.files());
    SnapshotStage stage = new SnapshotStage(name, files, run, keep);
    if (write.replaces()) {
      return stage.replace(shape, made, clock.instant());
    }
    boolean nothing = made.isEmpty() && shape.currentSnapshot() != null;
    return nothing ? shape : stage.append(shape, made, clock.instant());
  }

  private Failure evolved() {
    return Failure.retry(
        "the columns of " + name + " were changed while rows for it were written",
        "run again",
        new IllegalStateException());
  }

  private TableMetadata shape(boolean replaces, TableSpec spec, Optional<TableMetadata> onto) {
    TableShape shape = new TableShape(name, spec, clock.instant());
    try {
      return replaces ? shape.replaced(onto, location) : shape.widened(onto, location);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "staging " + name);
    }
  }

  /// The declared columns under the table's names and with its types; NOT NULL as declared, so that
  /// the engine judges it.
  private static List<FieldNode> columns(TableMetadata shape, TableSpec spec) {
    return spec.schema().columns().stream()
        .map(column -> {
          var field = FieldIds.named(shape.schema().columns(), column.name()).orElseThrow();
          FieldNode node = TypeMapping.node(field);
          return new FieldNode(
              node.id(), node.name(), node.type(), column.required(), node.children());
        })
        .toList();
  }

  /// Whether there is anything to publish.
  synchronized boolean isStaged() {
    return (set || !writes.isEmpty()) && !unchanged();
  }

  private boolean unchanged() {
    return base.isPresent() && current.filter(metadata -> metadata == base.get()).isPresent();
  }

  synchronized Optional<LakeTable> table() {
    return current.map(metadata ->
        new LakeTable(name, metadata, isStaged() ? metadataLocation : location(base), files));
  }

  static void requireUnmoved(TableName name, Optional<Pointer> now, Optional<Pointer> then) {
    if (!now.map(Pointer::metadataLocation).equals(then.map(Pointer::metadataLocation))) {
      throw Failure.retry(
          "another program changed " + name + " meanwhile",
          "try again",
          new IllegalStateException());
    }
  }

  private static String location(Optional<TableMetadata> base) {
    return base.map(TableMetadata::metadataFileLocation).orElse("");
  }

  /// Puts all that was staged on top of what others published meanwhile.
  synchronized void rebase() {
    Optional<Pointer> moved = catalog.pointer(name);
    if (moved.equals(pointer)) {
      return;
    }
    if (set
        || writes.stream().anyMatch(StagedWrite::stands)
        || moved.filter(Pointer::view).isPresent()) {
      throw Failure.retry(
          "another program changed " + name + " while it was made anew",
          "run again",
          new IllegalStateException());
    }
    log.removeMetadata();
    pointer = moved;
    base = readBase();
    location = base.map(TableMetadata::location).orElse(location);
    metadataLocation = names.metadata(location, base, run);
    current = base;
    for (StagedWrite write : writes) {
      current = Optional.of(apply(write, current));
    }
  }

  private Optional<TableMetadata> readBase() {
    return pointer
        .filter(found -> !found.view())
        .map(found -> catalog.metadata(name, found.metadataLocation()));
  }

  /// Removes what was written for targets that nothing was staged for.
  synchronized void removeOpen() {
    open.keySet().forEach(target -> names.remove(target.folder()));
    open.clear();
  }

  TableName name() {
    return name;
  }

  WriteLog log() {
    return log;
  }

  LakeFiles files() {
    return files;
  }

  synchronized Move move() {
    return new Move(name, pointer, metadataLocation, false);
  }

  synchronized TableMetadata metadata() {
    return current.orElseThrow();
  }
}
