package dev.tarn.engine.change;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.engine.upkeep.Compactor;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Difference;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.Upkeep;
import dev.tarn.lake.UpkeepLimits;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// One table in a lake of its own, version after version.
final class Versions implements AutoCloseable {
  static final TableName TABLE = TableName.parse("silver.orders");

  final Lake lake;
  final EngineSession session;
  final EngineConnection connection;
  List<PartitionKey> partition = List.of();
  private static final TableName NUMBERED = TableName.parse("aside.numbered");

  final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
  private final SplittableRandom random = new SplittableRandom(3);
  private final MetadataStore store;
  private final Engine engine;

  Versions(Path folder) {
    this(folder, LakeSettings.standard());
  }

  Versions(Path folder, LakeSettings settings) {
    store = MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve("t.db")), clock);
    lake = new Lake(store, folder.resolve("lake"), clock, settings);
    engine =
        new DuckDbEngine(
            new EngineSettings(
                new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(4L << 30)));
    session = engine.open();
    connection = session.connect();
  }

  /// The rows of the queries take the place of all, each query's in a file of its own.
  Versions replace(String... queries) {
    return put(true, queries);
  }

  Versions append(String... queries) {
    return put(false, queries);
  }

  private Versions put(boolean replace, String... queries) {
    try (Branch branch = branch()) {
      TableSpec spec =
          new TableSpec(connection.describe(queries[0]), partition, List.of(), Map.of(), Map.of());
      WriteTarget target = replace ? branch.replace(TABLE, spec) : branch.append(TABLE, spec);
      List<WrittenFile> files = new ArrayList<>();
      for (String query : queries) {
        files.addAll(connection.write(query, target));
      }
      branch.stage(target, files);
      branch.publish();
    }
    return this;
  }

  /// Some rows go and others come.
  ///
  /// @param gone a condition for the rows that go
  /// @param come a query for the rows that come; empty for none
  RowFigures change(String gone, String come) {
    try (Branch branch = branch()) {
      RowFigures figures = change(branch, gone, come);
      branch.publish();
      return figures;
    }
  }

  RowFigures change(Branch branch, String gone, String come) {
    Scan scan = branch.find(TABLE).orElseThrow().scan();
    session.exposeNumbered(NUMBERED, scan, "n");
    String rows = "SELECT n FROM " + NUMBERED.sql() + " WHERE " + gone;
    return RowChanges.apply(
        session,
        connection,
        branch,
        scan,
        Optional.of(come).filter(sql -> !sql.isEmpty()),
        Optional.of(rows));
  }

  Branch branch() {
    return lake.branch(RunId.next(clock.instant(), random));
  }

  /// All files that are worth it are written anew; how many were made.
  Optional<Integer> compact() {
    RunId run = RunId.next(clock.instant(), random);
    Upkeep upkeep = upkeep();
    return upkeep
        .compaction(TABLE, List.of(run))
        .flatMap(work -> new Compactor(upkeep, run, session).compact(work));
  }

  boolean tidy() {
    return upkeep().tidy(TABLE, RunId.next(clock.instant(), random));
  }

  Upkeep upkeep() {
    return lake.upkeep(new UpkeepLimits(100, Duration.ofDays(30), Duration.ZERO));
  }

  LakeTable table() {
    return lake.find(TABLE).orElseThrow();
  }

  /// As DuckDB reads them.
  List<String> rows(AsOf asOf) {
    session.expose(table().scan(asOf));
    List<String> rows = new ArrayList<>();
    connection
        .query("SELECT * FROM silver.orders", Integer.MAX_VALUE)
        .rows()
        .forEach(row -> rows.add(String.valueOf(row)));
    return rows.stream().sorted().toList();
  }

  /// From the version before to the current one.
  Difference last() {
    long parent = lake.find(TABLE).orElseThrow().version(new AsOf.Current()).parent().orElseThrow();
    return lake.find(TABLE).orElseThrow().difference(new AsOf.Snapshot(parent), new AsOf.Current());
  }

  ChangedRows changes(String... key) {
    return ChangedRows.find(session, connection, last(), List.of(key));
  }

  @Override
  public void close() {
    connection.close();
    session.close();
    engine.close();
    store.close();
  }
}
