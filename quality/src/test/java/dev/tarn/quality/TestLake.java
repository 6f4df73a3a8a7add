package dev.tarn.quality;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.Rows;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A lake in a folder, an engine, and one run under way.
final class TestLake implements AutoCloseable {
  final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
  final List<CheckResult> history = new ArrayList<>();
  final Engine engine;
  final Lake lake;
  private final Random random = new Random(7);
  private final MetadataStore store;
  private EngineSession session;
  private Branch branch;
  private RunId run;

  TestLake(Path folder) {
    store = MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve("tarn.db")), clock);
    lake = new Lake(store, folder.resolve("lake"), clock, LakeSettings.standard());
    engine =
        new DuckDbEngine(
            new EngineSettings(
                new ByteSize(2_000_000_000L),
                2,
                folder.resolve("tmp"),
                new ByteSize(10_000_000_000L)));
    session = engine.open();
    run = RunId.next(clock.instant(), random);
    branch = lake.branch(run);
  }

  EngineSession session() {
    return session;
  }

  Branch branch() {
    return branch;
  }

  /// Stages the rows of a query as a table.
  void stage(String name, String sql) {
    try (EngineConnection connection = session.connect()) {
      stage(name, sql, TableSpec.of(connection.describe(sql)));
    }
  }

  void stage(String name, String sql, TableSpec spec) {
    TableName table = TableName.parse(name);
    try (EngineConnection connection = session.connect()) {
      WriteTarget target = branch.replace(table, spec);
      branch.stage(target, connection.write(sql, target));
      session.expose(branch.find(table).orElseThrow().scan());
    }
  }

  /// Writes a table with the rows set aside that fail its quarantine checks, and judges it.
  AuditReport screen(String name, String sql, TableSpec spec, String yaml) {
    TableName table = TableName.parse(name);
    List<DeclaredCheck> checks = checks(yaml);
    Screen screen = Screen.of(table, spec.schema(), checks).orElseThrow();
    WriteTarget target = branch.replace(table, spec);
    SiftedFiles files;
    try (EngineConnection connection = session.connect()) {
      files = connection.sift(sql, target, screen.mark()).orElseThrow();
    }
    branch.stage(target, files.kept());
    try (SetAside aside = new SetAside(screen, target.columns(), files.aside())) {
      Written written = new Written(files.kept(), Optional.of(aside));
      return auditor().audit(session, branch, table, checks, run, written);
    }
  }

  AuditReport screen(String name, String sql, String yaml) {
    try (EngineConnection connection = session.connect()) {
      return screen(name, sql, TableSpec.of(connection.describe(sql)), yaml);
    }
  }

  /// Writes a table and judges it with what is known from its writing.
  AuditReport write(String name, String sql, String yaml) {
    TableName table = TableName.parse(name);
    try (EngineConnection connection = session.connect()) {
      WriteTarget target = branch.replace(table, TableSpec.of(connection.describe(sql)));
      List<WrittenFile> files = connection.write(sql, target);
      branch.stage(target, files);
      Written written = new Written(files, Optional.empty());
      return auditor().audit(session, branch, table, checks(yaml), run, written);
    }
  }

  AuditReport audit(String name, String yaml) {
    return audit(name, checks(yaml));
  }

  AuditReport audit(String name, List<DeclaredCheck> checks) {
    return auditor().audit(session, branch, TableName.parse(name), checks, run);
  }

  private Auditor auditor() {
    return new Auditor(
        clock,
        (table, check) ->
            history.stream()
                .filter(result -> result.table().equals(table) && result.name().equals(check))
                .toList(),
        Events.ignored(),
        AuditSettings.defaults());
  }

  static List<DeclaredCheck> checks(String yaml) {
    Problems problems = new Problems();
    List<DeclaredCheck> checks = Checks.read(YamlNodes.items(YamlNodes.read(yaml)), problems);
    problems.throwIfAny();
    return checks;
  }

  /// Publishes, and begins another run an hour later.
  void nextRun() {
    branch.publish(_ -> {});
    branch.close();
    session.close();
    clock.advance(Duration.ofHours(1));
    session = engine.open();
    run = RunId.next(clock.instant(), random);
    branch = lake.branch(run);
  }

  Schema schema(String table) {
    return branch.find(TableName.parse(table)).orElseThrow().schema();
  }

  /// The rows as text, sorted.
  List<String> rows(String sql) {
    try (EngineConnection connection = session.connect()) {
      Rows rows = connection.query(sql, 100_000);
      return rows.rows().stream().map(row -> row.toString()).sorted().toList();
    }
  }

  @Override
  public void close() {
    branch.close();
    session.close();
    engine.close();
    store.close();
  }
}
