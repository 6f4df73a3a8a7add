package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.testkit.GoldenFile;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a table's values are like, and the model that is proposed from it.
class ProfileTest {
  private static final TableName ORDERS = TableName.parse("bronze.orders");

  @TempDir Path folder;
  private TestLake lake;
  private EngineConnection connection;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
    connection = lake.session().connect();
  }

  @AfterEach
  void close() {
    connection.close();
    lake.close();
  }

  @Test
  void numbers_have_a_mean_and_quantiles_and_everything_has_nulls_and_bounds() {
    lake.stage(
        "bronze.orders",
        "SELECT i AS n, (i / 4)::DECIMAL(12,2) AS amount, CASE WHEN i % 4 = 0 THEN NULL ELSE ['a', 'b'][1 + i % 2] END AS s, [i] AS list, "
            + "CASE WHEN i = 0 THEN 'NaN'::DOUBLE ELSE i END AS x FROM range(101) AS t(i)");

    Profile profile = new Profiler(connection).profile(ORDERS);

    Profile.OfColumn n = profile.column("N").orElseThrow();
    Profile.OfColumn s = profile.column("s").orElseThrow();
    assertThat(profile.rows()).isEqualTo(101);
    assertThat(n.nulls()).isZero();
    assertThat(n.min()).contains("0");
    assertThat(n.max()).contains("100");
    assertThat(n.mean()).hasValue(50);
    assertThat(n.quantiles()).hasSize(5).element(2).isEqualTo("50");
    assertThat(n.distinct()).isBetween(90L, 101L);
    assertThat(s.nulls()).isEqualTo(26);
    assertThat(s.top()).containsExactly(new Profile.Top("b", 50), new Profile.Top("a", 25));
    assertThat(s.lengths()).contains(new Profile.Lengths(1, 1, 1));
    assertThat(s.looksLike()).isEmpty();
    assertThat(profile.column("list").orElseThrow().min()).isEmpty();
    assertThat(profile.column("x").orElseThrow().mean()).hasValue(50.5);
  }

  @Test
  void an_empty_table_has_a_profile() {
    lake.stage("bronze.orders", "SELECT 'x' AS s, 1 AS n WHERE false");

    Profile profile = new Profiler(connection).profile(ORDERS);

    assertThat(profile.rows()).isZero();
    assertThat(profile.columns()).allSatisfy(column -> assertThat(column.looksLike()).isEmpty());
    assertThat(new Scaffold(new Profiler(connection)).silver(profile))
        .contains("FROM bronze.orders");
  }

  @Test
  void text_tells_what_it_looks_like() {
    lake.stage(
        "bronze.orders",
        """
        SELECT i::VARCHAR AS whole, lpad(i::VARCHAR, 5, '0') AS zeros, (i / 8.0)::DECIMAL(10,3)::VARCHAR AS point,
          CASE WHEN i < 2 THEN '2026-02-30' ELSE (DATE '2026-01-01' + i::INT)::VARCHAR END AS day, ' ' || (TIMESTAMP '2026-01-01 10:00:00' + i * INTERVAL 1 MINUTE)::VARCHAR AS seen,
          strftime(TIMESTAMPTZ '2026-01-01 10:00:00+00', '%Y-%m-%dT%H:%M:%SZ') AS zoned, ['yes', 'no'][1 + i % 2] AS flag, uuid()::VARCHAR AS id,
          strftime(DATE '2026-01-01' + i::INT, '%d.%m.%Y') AS german, strftime(DATE '2026-01-01' + i::INT, '%m/%d/%Y') AS american,
          '10:' || lpad((i % 60)::VARCHAR, 2, '0') AS clock, i || 'e3' AS science, '' AS blank, NULL::VARCHAR AS nothing, 'a' || i AS text
        FROM range(100) AS t(i)\
        """);

    Profile profile = new Profiler(connection).profile(ORDERS);

    StringBuilder found = new StringBuilder();
    for (Profile.OfColumn of : profile.columns()) {
      found
          .append(of.column().name())
          .append(": ")
          .append(
              of.looksLike()
                  .map(like -> like.type().sql() + " " + like.matching() + "/" + like.judged())
                  .orElse("-"))
          .append('\n');
    }
    assertThat(found.toString())
        .isEqualTo(
            """
            whole: BIGINT 100/100
            zeros: -
            point: DECIMAL(18,3) 100/100
            day: DATE 98/100
            seen: TIMESTAMP 100/100
            zoned: TIMESTAMPTZ 100/100
            flag: BOOLEAN 100/100
            id: UUID 100/100
            german: DATE 100/100
            american: DATE 100/100
            clock: TIME 100/100
            science: DOUBLE 100/100
            blank: -
            nothing: -
            text: -
            """);
  }

  @Test
  void a_silver_model_is_proposed_that_runs_as_it_stands() {
    lake.stage(
        "bronze.orders",
        """
        SELECT (i // 2)::VARCHAR AS order_id, (i % 7)::VARCHAR AS customer_id, [' placed', 'it''s */ x', 'No'][1 + i % 3] AS "status", ['EUR', 'USD'][1 + i % 2] AS currency, (i * 1.25)::VARCHAR AS amount,
          CASE WHEN i < 2 THEN 'soon' ELSE (DATE '2026-01-01' + i::INT)::VARCHAR END AS ordered_at, (TIMESTAMP '2026-01-01' + i * INTERVAL 1 DAY)::VARCHAR AS updated_at,
          'ä' || i AS "Größe ""x\""", 'orders.csv' AS _source, i AS _position, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS _ingested_at, 'r' AS _run
        FROM range(200) AS t(i)\
        """);
    Profiler profiler = new Profiler(connection);

    String model = new Scaffold(profiler).silver(profiler.profile(ORDERS));

    GoldenFile.named("scaffold/orders.sql").matches(model);
    assertThat(connection.query(model, 1000).rows()).hasSize(100);
    String settings = model.substring(model.indexOf("/*") + 2, model.indexOf("*/"));
    lake.stage("silver.orders", model);
    assertThat(lake.audit("silver.orders", settings).blocked()).isEmpty();
  }
}
