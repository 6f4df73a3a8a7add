package dev.tarn.lake;

import dev.tarn.store.CommitSeam;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.StoreSettings;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type.Primitive;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// A lake in a folder, with a clock turned by hand and an engine to write its files.
final class TestLake implements AutoCloseable {
  static final TableName ORDERS = TableName.parse("silver.orders");
  static final Schema ORDER =
      Schema.of(Column.of("id", Primitive.BIGINT), Column.of("status", Primitive.VARCHAR));

  final ManualClock clock = ManualClock.at("2026-01-31T08:00:00Z");
  final SplittableRandom random = new SplittableRandom(7);
  final DuckDbFiles duckdb = new DuckDbFiles();
  final MetadataStore store;
  final Lake lake;

  TestLake(MetadataLocation location, Path warehouse, LakeSettings settings, CommitSeam seam) {
    this.store = MetadataStore.open(location, clock, random.split(), StoreSettings.DEFAULT, seam);
    this.lake = new Lake(store, warehouse, clock, settings);
  }

  static TestLake in(Path folder) {
    return in(folder, LakeSettings.standard());
  }

  static TestLake in(Path folder, LakeSettings settings) {
    return new TestLake(database(folder), folder.resolve("lake"), settings, CommitSeam.NONE);
  }

  static MetadataLocation database(Path folder) {
    return new MetadataLocation.SqliteFile(folder.resolve("tarn.db"));
  }

  RunId run() {
    return RunId.next(clock.instant(), random);
  }

  Branch branch() {
    return lake.branch(run());
  }

  /// Rows take the place of a table's, staged only.
  void stageReplace(Branch branch, TableName name, TableSpec spec, String... queries) {
    stage(branch, branch.replace(name, spec), queries);
  }

  void stageAppend(Branch branch, TableName name, TableSpec spec, String... queries) {
    stage(branch, branch.append(name, spec), queries);
  }

  void stage(Branch branch, WriteTarget target, String... queries) {
    branch.stage(
        target,
        List.of(queries).stream().map(query -> duckdb.write(target, query, List.of())).toList());
  }

  void replace(TableName name, TableSpec spec, String... queries) {
    try (Branch branch = branch()) {
      stageReplace(branch, name, spec, queries);
      branch.publish(_ -> {});
    }
  }

  void append(TableName name, TableSpec spec, String... queries) {
    try (Branch branch = branch()) {
      stageAppend(branch, name, spec, queries);
      branch.publish(_ -> {});
    }
  }

  List<String> rows(TableName name) {
    return duckdb.rows(lake.find(name).orElseThrow().scan());
  }

  @Override
  public void close() {
    duckdb.close();
    store.close();
  }
}
