package dev.tarn.lake;

import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The tables at rest: which there are, what they were, and how they become something else.
/// Thread-safe.
public final class Lake {
  private final Path warehouse;
  private final Catalog catalog;
  private final Names names;
  private final InstantSource clock;
  private final LakeSettings settings;
  private final Durability durability;
  private final TableLocks locks = new TableLocks();
  private final Publisher publisher;

  public Lake(MetadataStore store, Path warehouse, InstantSource clock, LakeSettings settings) {
    this.warehouse = warehouse.toAbsolutePath().normalize();
    this.catalog = new Catalog(store);
    this.names = new Names(this.warehouse, store.branch().isPresent());
    this.clock = clock;
    this.settings = settings;
    this.durability = new Durability(this.warehouse, settings.threads());
    this.publisher =
        new Publisher(
            catalog,
            durability,
            locks,
            new PublishQueue(this.warehouse),
            settings.publishAttempts());
  }

  /// The same lake as a branch of it is: main does not see what is done there.
  public Lake on(BranchRecord branch) {
    return new Lake(catalog.store().on(branch), warehouse, clock, settings);
  }

  /// The folder that all files of the lake are in.
  public Path warehouse() {
    return warehouse;
  }

  /// Where source files are kept byte for byte, as `ab/cd/<sha256>`. Unfinished copies belong into
  /// `tmp` below it.
  public Path raw() {
    return warehouse.resolve("raw");
  }

  /// The table as readers see it now; empty when there is none, or when it is a view.
  public Optional<LakeTable> find(TableName name) {
    return catalog.table(name);
  }

  public Optional<LakeView> view(TableName name) {
    return catalog.view(name);
  }

  /// The tables, without the views, by name.
  public List<TableName> tables() {
    return pointers().stream().filter(pointer -> !pointer.view()).map(Pointer::name).toList();
  }

  /// The views, by name.
  public List<TableName> views() {
    return pointers().stream().filter(Pointer::view).map(Pointer::name).toList();
  }

  /// The metadata location of every table and view: cheap, and different whenever what readers see
  /// is different.
  public Map<TableName, String> versions() {
    Map<TableName, String> versions = new TreeMap<>();
    pointers().forEach(pointer -> versions.put(pointer.name(), pointer.metadataLocation()));
    return versions;
  }

  /// A view as it was in a version, by its metadata file; empty when the file is gone, or was no
  /// view's.
  public Optional<LakeView> viewOf(TableName name, String metadataLocation) {
    try {
      return Optional.of(catalog.view(name, metadataLocation));
    } catch (Failure _) {
      return Optional.empty();
    }
  }

  /// The snapshot that a version of a table had, by its metadata file; empty when the file is gone,
  /// or the table was empty then.
  public Optional<Long> snapshotOf(TableName name, String metadataLocation) {
    try {
      return catalog.table(name, metadataLocation).snapshotId();
    } catch (Failure _) {
      return Optional.empty();
    }
  }

  /// A place for work that nobody sees until it is published.
  public Branch branch(RunId run) {
    StagedWork work = new StagedWork(run, catalog, names, clock, settings.snapshots());
    return new Branch(work, publisher, settings.fileBytes());
  }

  /// Makes what a branch has of these tables main's, all in one transaction.
  public Merge merge(BranchRecord branch, List<Fork> tables, RunId run) {
    return new Merge(catalog, branch, tables, branch(run), clock.instant());
  }

  /// Changes a table's columns, all or none, at once visible.
  public void evolve(TableName name, List<SchemaChange> changes) {
    change().columns(name, changes);
  }

  /// Keeps a snapshot under a name for as long as the name stays.
  public void tag(TableName name, String tag, long snapshot) {
    change().tag(name, tag, snapshot);
  }

  public void untag(TableName name, String tag) {
    change().untag(name, tag);
  }

  /// The table or view is no longer seen; its files go with the next sweep.
  public void drop(TableName name) {
    change().drop(name);
  }

  /// Tables that nobody sees any more and that can come back.
  public DroppedTables dropped() {
    return new DroppedTables(catalog);
  }

  /// The table's snapshots, the newest first.
  public List<SnapshotInfo> history(TableName name) {
    return catalog.required(name).history();
  }

  /// Removes files that no table, view or running run needs and that nobody has written to for so
  /// long.
  public Sweep sweepOrphans(Duration olderThan) {
    return new OrphanSweep(catalog, warehouse).olderThan(clock.instant().minus(olderThan));
  }

  /// Removes at once what runs left behind that are known to be dead, but for what they published.
  public Sweep sweepRuns(Collection<RunId> dead) {
    return new OrphanSweep(catalog, warehouse).ofRuns(dead);
  }

  /// As [#sweepOrphans(Duration)], but what was current until a short while ago stays as well.
  public Sweep sweepOrphans(Duration olderThan, Duration grace) {
    return new OrphanSweep(catalog, warehouse, recent(grace))
        .olderThan(clock.instant().minus(olderThan));
  }

  /// What [#sweepOrphans(Duration, Duration)] would remove, not counting these files.
  public Sweep countOrphans(Duration olderThan, Duration grace, Collection<String> besides) {
    return new OrphanSweep(catalog, warehouse, recent(grace))
        .countOlderThan(clock.instant().minus(olderThan), besides);
  }

  private RecentVersions recent(Duration grace) {
    return new RecentVersions(catalog, clock.instant(), grace);
  }

  /// Removes copies of source files that were made before that long, but for those that a branch
  /// knows.
  public Sweep sweepRaw(Duration olderThan, boolean dry) {
    Set<String> kept = catalog.store().read(read -> read.consumed().versionsOfBranches());
    return new RawSweep(raw(), kept).olderThan(clock.instant().minus(olderThan), dry);
  }

  /// What keeps tables small and quick.
  public Upkeep upkeep(UpkeepLimits limits) {
    return new Upkeep(
        catalog,
        names,
        new TableUpkeep(catalog, names, durability, locks, settings.publishAttempts()),
        limits,
        settings.fileBytes(),
        clock.instant());
  }

  /// Reads every file that the lake needs and compares it with what was written.
  public ScrubReport scrub() {
    return new Scrub(catalog, warehouse, durability).report();
  }

  /// What is needed no more of branches that were dropped before that long.
  public void forgetBranches(Duration droppedBefore) {
    Instant before = clock.instant().minus(droppedBefore);
    catalog.store().writeAgain(write -> write.branches().forget(before));
  }

  /// Finds tables and views again that the metadata database does not know, from the files in the
  /// warehouse.
  public Rebuilt rebuild() {
    return new Rebuild(
            catalog, warehouse, RunId.next(clock.instant(), new SplittableRandom()), durability)
        .all();
  }

  /// What the source of a table has taken, in the order of taking.
  public List<Consumed> consumed(TableName table) {
    return catalog.store().read(read -> read.consumed().ofTable(table));
  }

  /// The last that was taken of each item, by item.
  public Map<String, Consumed> consumedLatest(TableName table) {
    return catalog.store().read(read -> read.consumed().latest(table));
  }

  /// The contents that were taken, whatever their names.
  public Set<String> consumedVersions(TableName table) {
    return catalog.store().read(read -> read.consumed().versions(table));
  }

  public List<Drift> drifts(TableName table) {
    return catalog.store().read(read -> read.drifts().ofTable(table));
  }

  /// A short text that may be thrown away and worked out again.
  public Optional<String> note(String key) {
    return catalog.store().read(read -> read.notes().find(key));
  }

  public void note(String key, String text) {
    catalog.store().writeAgain(write -> write.notes().put(key, text));
  }

  private TableChange change() {
    return new TableChange(catalog, names, clock, durability, settings.publishAttempts(), locks);
  }

  private List<Pointer> pointers() {
    return catalog.store().read(read -> read.pointers().all());
  }
}
