package dev.tarn.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Compaction;
import dev.tarn.lake.DataFileInfo;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.Transform;
import dev.tarn.lake.Upkeep;
import dev.tarn.lake.UpkeepLimits;
import dev.tarn.lake.WriteTarget;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
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

/// The engine moves rows into larger files, and they stay what they were.
class CompactorTest {
  private static final TableName TABLE = TableName.parse("silver.orders");
  private static final UpkeepLimits LIMITS =
      new UpkeepLimits(100, Duration.ofDays(30), Duration.ofHours(1));
  private static final String ALL = "SELECT * FROM silver.orders ORDER BY ALL";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
  private final SplittableRandom random = new SplittableRandom(3);
  private MetadataStore store;
  private Engine engine;
  private EngineSession session;
  private EngineConnection connection;

  @BeforeEach
  void open() {
    store = MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve("t.db")), clock);
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

  private Lake lake(long fileBytes) {
    return new Lake(store, folder.resolve("lake"), clock, new LakeSettings(fileBytes, 100, 10, 4));
  }

  private void append(Lake lake, List<PartitionKey> partition, List<SortKey> sort, String query) {
    try (Branch branch = lake.branch(RunId.next(clock.instant(), random))) {
      TableSpec spec =
          new TableSpec(connection.describe(query), partition, sort, Map.of(), Map.of());
      WriteTarget target = branch.append(TABLE, spec);
      branch.stage(target, connection.write(query, target));
      branch.publish();
    }
  }

  private Optional<Integer> compact(Lake lake) {
    RunId run = RunId.next(clock.instant(), random);
    Upkeep upkeep = lake.upkeep(LIMITS);
    return upkeep
        .compaction(TABLE, List.of(run))
        .flatMap(work -> new Compactor(upkeep, run, session).compact(work));
  }

  private List<List<Object>> rows(Lake lake) {
    session.expose(lake.find(TABLE).orElseThrow().scan());
    return rows(ALL);
  }

  @SuppressWarnings("unchecked")
  private List<List<Object>> rows(String sql) {
    return (List<List<Object>>) (List<?>) connection.query(sql, 100_000).rows();
  }

  @Test
  void rows_of_every_kind_stay_the_same_over_changing_columns() {
    Lake lake = lake(256_000_000);
    for (int i = 0; i < 6; i++) {
      append(
          lake,
          List.of(),
          List.of(),
          "SELECT i::INTEGER AS id, nullif(i % 3, 0)::DECIMAL(12,2) AS amount, {'a': i, 'b': [i, NULL]} AS st,"
              + " MAP {'k': i} AS mp, 'NaN'::DOUBLE AS x FROM range("
              + i * 10
              + ", "
              + (i * 10 + 10)
              + ") AS r(i)");
    }
    append(lake, List.of(), List.of(), "SELECT 1000::BIGINT AS id, 'new' AS more");
    append(lake, List.of(), List.of(), "SELECT 1000::BIGINT AS id, 'new' AS more");
    List<List<Object>> before = rows(lake);

    assertThat(compact(lake)).contains(1);

    LakeTable after = lake.find(TABLE).orElseThrow();
    assertThat(rows(lake)).isEqualTo(before).hasSize(62);
    assertThat(after.files()).hasSize(1);
    assertThat(after.rows()).isEqualTo(62);
    assertThat(compact(lake)).isEmpty();
    assertThat(lake.scrub().damaged()).isEmpty();
  }

  @Test
  void partitions_and_their_order_are_kept_and_only_crowded_ones_are_touched() {
    Lake lake = lake(256_000_000);
    List<PartitionKey> partition =
        List.of(
            new PartitionKey("country", new Transform.Identity()),
            new PartitionKey("at", new Transform.Month()));
    List<SortKey> sort = List.of(new SortKey("id", true, false));
    for (int i = 0; i < 6; i++) {
      append(
          lake,
          partition,
          sort,
          "SELECT (r * 7 + "
              + i
              + ") % 50 AS id, CASE WHEN r % 2 = 0 THEN 'de' END AS country, DATE '2026-01-31' + (r % 3)::INTEGER AS at"
              + " FROM range(60) AS q(r)");
    }
    append(lake, partition, sort, "SELECT 1 AS id, 'quiet' AS country, DATE '2026-01-01' AS at");
    List<List<Object>> before = rows(lake);
    List<DataFileInfo> filesBefore = lake.find(TABLE).orElseThrow().files();

    assertThat(compact(lake)).contains(4);

    LakeTable after = lake.find(TABLE).orElseThrow();
    assertThat(rows(lake)).isEqualTo(before).hasSize(361);
    assertThat(filesBefore).hasSize(25);
    assertThat(after.files().stream().map(DataFileInfo::partition).sorted())
        .containsExactlyElementsOf(
            filesBefore.stream().map(DataFileInfo::partition).sorted().distinct().toList());
    assertThat(after.files())
        .containsAll(
            filesBefore.stream().filter(file -> file.partition().contains("quiet")).toList());
    for (DataFileInfo file : after.files()) {
      List<List<Object>> stored =
          rows("SELECT id FROM read_parquet('" + file.path() + "', hive_partitioning = false)");
      assertThat(stored.stream().map(row -> -((Number) row.getFirst()).longValue())).isSorted();
    }
  }

  @Test
  void large_files_are_left_alone_and_new_ones_are_of_the_size_wanted() {
    Lake lake = lake(400_000);
    append(lake, List.of(), List.of(), numbers(0, 100_000));
    Path large = lake.find(TABLE).orElseThrow().files().getFirst().path();
    for (int i = 1; i <= 40; i++) {
      append(
          lake, List.of(), List.of(new SortKey("id", false, false)), numbers(i * 100_000, 5_000));
    }
    List<Object> sums =
        rows(lake, "SELECT count(*), sum(id), sum(h::HUGEINT)::VARCHAR FROM silver.orders");

    assertThat(compact(lake).orElseThrow()).isBetween(2, 8);

    List<DataFileInfo> files = lake.find(TABLE).orElseThrow().files();
    assertThat(rows(lake, "SELECT count(*), sum(id), sum(h::HUGEINT)::VARCHAR FROM silver.orders"))
        .isEqualTo(sums);
    assertThat(files).anyMatch(file -> file.path().equals(large)).hasSizeLessThan(12);
    assertThat(compact(lake)).isEmpty();
  }

  private static String numbers(int from, int count) {
    return "SELECT i AS id, hash(i) >> 1 AS h FROM range("
        + from
        + ", "
        + (from + count)
        + ") AS r(i)";
  }

  private List<Object> rows(Lake lake, String sql) {
    session.expose(lake.find(TABLE).orElseThrow().scan());
    return rows(sql).getFirst();
  }

  @Test
  void a_reader_that_began_before_goes_on() {
    Lake lake = lake(256_000_000);
    for (int i = 0; i < 6; i++) {
      append(lake, List.of(), List.of(), "SELECT " + i + " AS id");
    }
    Scan reading = lake.find(TABLE).orElseThrow().scan();
    session.expose(reading);

    compact(lake);
    Upkeep upkeep = lake.upkeep(new UpkeepLimits(1, Duration.ZERO, Duration.ofHours(1)));
    upkeep.tidy(TABLE, RunId.next(clock.instant(), random));
    upkeep.remove(upkeep.spent(List.of(TABLE)));

    assertThat(rows(ALL)).hasSize(6);
    assertThat(rows(lake)).hasSize(6);
  }

  @Test
  void a_table_of_a_few_small_files_is_left_alone() {
    Lake lake = lake(256_000_000);
    for (int i = 0; i < 4; i++) {
      append(lake, List.of(), List.of(), "SELECT " + i + " AS id");
    }
    Optional<Compaction> work = lake.upkeep(LIMITS).compaction(TABLE, List.of());

    assertThat(work).isEmpty();
  }
}
