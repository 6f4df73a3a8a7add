package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.TableSpec;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.transform.ModelSettings;
import dev.tarn.transform.history.HistoryRefresh;
import dev.tarn.transform.history.HistoryTable;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second attempt at a history finds what the first one staged.
class HistoryAttemptTest {
  private static final TableName TABLE = TableName.parse("silver.people");
  private static final Location AT = Location.file("people.sql");
  private static final String FIRST = "SELECT 1 AS id, 'Ann' AS name UNION ALL SELECT 2, 'Bob'";
  private static final String SECOND = "SELECT 1 AS id, 'Anna' AS name UNION ALL SELECT 3, 'Cid'";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-05-01T00:00:00Z");
  private final SplittableRandom random = new SplittableRandom(1);
  private MetadataStore store;
  private Lake lake;
  private DuckDbEngine engine;
  private EngineSession session;
  private EngineConnection connection;

  @BeforeEach
  void open() {
    store = MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve("t.db")), clock);
    lake = new Lake(store, folder.resolve("lake"), clock, LakeSettings.standard());
    engine =
        new DuckDbEngine(
            new EngineSettings(
                new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(4L << 30)));
    session = engine.open();
    connection = session.connect();
  }

  @AfterEach
  void close() {
    connection.close();
    session.close();
    engine.close();
    store.close();
  }

  private static ModelSettings settings() {
    List<Node.Entry> entries =
        List.of(
            new Node.Entry(AT, "materialize", new Node.Scalar(AT, "snapshot", true)),
            new Node.Entry(AT, "key", new Node.Scalar(AT, "id", true)));
    return ModelSettings.read(new Settings(new Node.Mapping(AT, entries), new Problems()));
  }

  private HistoryRefresh.Outcome attempt(Branch branch, String sql) {
    Schema query = connection.describe(sql);
    Schema columns =
        new HistoryTable(TABLE, settings(), branch.find(TABLE), new Problems())
            .columns(query)
            .orElseThrow();
    TableSpec spec =
        new TableSpec(columns, List.of(), List.of(), HistoryTable.properties(settings()), Map.of());
    return new HistoryRefresh(session, connection, branch, TABLE)
        .apply(sql, query, spec, settings(), Optional.empty(), clock.instant());
  }

  @Test
  void what_it_staged_is_not_staged_twice() {
    for (String sql : List.of(FIRST, SECOND)) {
      clock.advance(Duration.ofDays(1));
      try (Branch branch = lake.branch(RunId.next(clock.instant(), random))) {
        assertThat(attempt(branch, sql).began()).isEqualTo(2);
        HistoryRefresh.Outcome second = attempt(branch, sql);
        assertThat(second.began()).isZero();
        assertThat(second.ended()).isZero();
        branch.publish();
      }
    }

    session.expose(lake.find(TABLE).orElseThrow().scan());
    assertThat(
            connection
                .query(
                    "SELECT id, name, day(valid_from), day(valid_to) FROM silver.people ORDER BY id, valid_from",
                    10)
                .rows())
        .extracting(List::toString)
        .containsExactly(
            "[1, Ann, 2, 3]", "[1, Anna, 3, null]", "[2, Bob, 2, 3]", "[3, Cid, 3, null]");
  }
}
