package dev.tarn.lake;

import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tables at rest: which there are, what they were, and how they become something else.
/// Thread-safe.
public final class Lake {
  private final Path warehouse;

  public Lake(MetadataStore store, Path warehouse, InstantSource clock, LakeSettings settings) {
    this.warehouse = warehouse.toAbsolutePath().normalize();
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
    throw new IllegalStateException("the faces land first");
  }

  public Optional<LakeView> view(TableName name) {
    throw new IllegalStateException("the faces land first");
  }

  /// The tables, without the views, by name.
  public List<TableName> tables() {
    throw new IllegalStateException("the faces land first");
  }

  /// The views, by name.
  public List<TableName> views() {
    throw new IllegalStateException("the faces land first");
  }

  /// The metadata location of every table and view: cheap, and different whenever what readers see
  /// is different.
  public Map<TableName, String> versions() {
    throw new IllegalStateException("the faces land first");
  }

  /// A place for work that nobody sees until it is published.
  public Branch branch(RunId run) {
    throw new IllegalStateException("the faces land first");
  }

  /// Changes a table's columns, all or none, at once visible.
  public void evolve(TableName name, List<SchemaChange> changes) {
    throw new IllegalStateException("the faces land first");
  }

  /// Keeps a snapshot under a name for as long as the name stays.
  public void tag(TableName name, String tag, long snapshot) {
    throw new IllegalStateException("the faces land first");
  }

  public void untag(TableName name, String tag) {
    throw new IllegalStateException("the faces land first");
  }

  /// The table or view is no longer seen; its files go with the next sweep.
  public void drop(TableName name) {
    throw new IllegalStateException("the faces land first");
  }

  /// The table's snapshots, the newest first.
  public List<SnapshotInfo> history(TableName name) {
    throw new IllegalStateException("the faces land first");
  }

  /// Removes files that no table, view or running run needs and that nobody has written to for so
  /// long.
  public Sweep sweepOrphans(Duration olderThan) {
    throw new IllegalStateException("the faces land first");
  }

  /// Removes at once what runs left behind that are known to be dead, but for what they published.
  public Sweep sweepRuns(Collection<RunId> dead) {
    throw new IllegalStateException("the faces land first");
  }

  /// Reads every file that the lake needs and compares it with what was written.
  public ScrubReport scrub() {
    throw new IllegalStateException("the faces land first");
  }

  /// Finds tables and views again that the metadata database does not know, from the files in the
  /// warehouse.
  public Rebuilt rebuild() {
    throw new IllegalStateException("the faces land first");
  }

  /// What the source of a table has taken, in the order of taking.
  public List<Consumed> consumed(TableName table) {
    throw new IllegalStateException("the faces land first");
  }

  /// The last that was taken of each item, by item.
  public Map<String, Consumed> consumedLatest(TableName table) {
    throw new IllegalStateException("the faces land first");
  }

  /// The contents that were taken, whatever their names.
  public Set<String> consumedVersions(TableName table) {
    throw new IllegalStateException("the faces land first");
  }

  public List<Drift> drifts(TableName table) {
    throw new IllegalStateException("the faces land first");
  }

  /// A short text that may be thrown away and worked out again.
  public Optional<String> note(String key) {
    throw new IllegalStateException("the faces land first");
  }

  public void note(String key, String text) {
    throw new IllegalStateException("the faces land first");
  }
}
