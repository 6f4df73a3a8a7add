package dev.tarn.ingest;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// A project's folder with files, a lake and an engine; sources land in it.
final class TestProject implements AutoCloseable {
  static final TableName TABLE = TableName.parse("bronze.t");

  final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
  final List<String> warnings = new ArrayList<>();
  final Path folder;
  final Lake lake;
  final Engine engine;
  final EngineSession session;
  private final Random random = new Random(5);
  private final MetadataStore store;

  TestProject(Path folder) {
    this.folder = folder;
    store =
        MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve(".tarn/tarn.db")), clock);
    lake = new Lake(store, folder.resolve(".tarn/lake"), clock, LakeSettings.standard());
    engine =
        new DuckDbEngine(
            new EngineSettings(
                new ByteSize(2_000_000_000L),
                2,
                folder.resolve(".tarn/tmp"),
                new ByteSize(10_000_000_000L)));
    session = engine.open();
  }

  TestProject file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Written an hour before now, so that it is at rest.
  TestProject file(String name, byte[] bytes) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      Files.setLastModifiedTime(path, FileTime.from(clock.instant().minus(Duration.ofHours(1))));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FilesSettings settings(String yaml, Path folder, Problems problems) {
    Node node = YamlNodes.read("from: files\n" + yaml);
    return FilesSettings.read(TABLE, Settings.block(node, problems), folder);
  }

  FilesSource source(String yaml) {
    Problems problems = new Problems();
    FilesSettings settings = settings(yaml, folder, problems);
    problems.throwIfAny();
    return new FilesSource(settings);
  }

  /// Lands in a run of its own, an hour after the last.
  Landing land(String yaml) {
    clock.advance(Duration.ofHours(1));
    RunId run = RunId.next(clock.instant(), random);
    LandingContext context =
        new LandingContext(
            lake,
            session,
            run,
            clock,
            event -> {
              if (event instanceof Event.Warned warned) {
                warnings.add(warned.text());
              }
            },
            2);
    return source(yaml).land(context);
  }

  /// The rows of a query as lines, values separated by `|`; `t` and `rejected` are the source's
  /// tables.
  List<String> rows(String sql) {
    List<TableName> tables = lake.tables();
    tables.forEach(table -> session.expose(lake.find(table).orElseThrow().scan()));
    String named = sql.replace("{t}", TABLE.sql()).replace("{rejected}", TABLE.rejected().sql());
    try (EngineConnection connection = session.connect()) {
      return connection.query(named, 10_000).rows().stream()
          .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
          .toList();
    }
  }

  /// The table's own columns with their types.
  List<String> columns() {
    return lake.find(TABLE).orElseThrow().schema().columns().stream()
        .filter(column -> !column.name().startsWith("_"))
        .map(column -> column.name() + " " + column.type().sql())
        .toList();
  }

  List<String> drifts() {
    return lake.drifts(TABLE).stream()
        .map(drift -> drift.column() + " " + drift.change() + " " + drift.action())
        .toList();
  }

  @Override
  public void close() {
    session.close();
    engine.close();
    store.close();
  }
}
