package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that fail go to the quarantine table, the others stay, none is lost.
class QuarantineTest {
  private static final TableName ORDERS = TableName.parse("silver.orders");
  private static final String ROWS =
      "SELECT * FROM (VALUES (1, 5.00), (1, 5.00), (2, -1.00), (3, NULL)) AS t(id, amount)";

  @TempDir Path folder;
  private TestLake lake;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void good_and_quarantined_rows_are_all_rows(long seed) {
    Random random = new Random(seed);
    lake.stage("silver.known", "SELECT range AS a FROM range(0, 20, 3) UNION ALL SELECT NULL");
    lake.stage("silver.orders", randomRows(random));
    List<String> before = lake.rows("SELECT a, \"b ü\"\"x\", c, d FROM silver.orders");
    List<String> checks = randomChecks(random);

    AuditReport report = lake.audit("silver.orders", String.join("\n", checks));

    boolean split = report.quarantined() > 0;
    List<String> after = new ArrayList<>(lake.rows("FROM silver.orders"));
    if (split) {
      after.addAll(lake.rows("SELECT a, \"b ü\"\"x\", c, d FROM silver.orders__quarantine"));
    }
    after.sort(null);
    assertThat(after).as(checks.toString()).isEqualTo(before);
    assertThat(report.kept() + report.quarantined()).isEqualTo(before.size());
    assertThat(split)
        .isEqualTo(
            report.results().stream()
                .anyMatch(result -> !result.passed() && result.onFail().equals("quarantine")));
    if (split) {
      assertMarksAgree(report);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rows_in_memory_are_judged_and_split_as_stored_ones_are(long seed) {
    Random random = new Random(seed);
    lake.stage("silver.known", "SELECT range AS a FROM range(0, 20, 3) UNION ALL SELECT NULL");
    lake.stage("silver.orders", randomRows(random));
    String checks = String.join("\n", randomChecks(random));
    Schema schema = lake.schema("silver.orders");
    String bad = "SELECT * EXCLUDE (_run) FROM silver.orders__quarantine";

    AuditReport held;
    try (EngineConnection connection = lake.session().connect()) {
      connection.hold("FROM silver.orders", ORDERS, schema);
      held =
          new HeldAudit(lake.session(), connection, lake.branch().run(), lake.clock.instant())
              .audit(ORDERS, schema, TestLake.checks(checks));
    }
    List<String> heldKept = lake.rows("FROM silver.orders");
    List<String> heldBad = lake.rows(bad);
    AuditReport stored = lake.audit("silver.orders", checks);

    assertThat(held.kept()).isEqualTo(stored.kept());
    assertThat(held.quarantined()).isEqualTo(stored.quarantined());
    assertThat(held.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("samples")
        .isEqualTo(stored.results());
    assertThat(heldKept).isEqualTo(lake.rows("FROM silver.orders"));
    if (stored.quarantined() > 0) {
      assertThat(heldBad).isEqualTo(lake.rows(bad));
    } else {
      assertThat(heldBad).isEmpty();
    }
  }

  /// Every failed check is named as often as it counted failures.
  private void assertMarksAgree(AuditReport report) {
    for (CheckResult result : report.results()) {
      if (result.onFail().equals("quarantine")) {
        String count =
            "SELECT count(*) FROM silver.orders__quarantine WHERE list_contains(_failed_checks, '"
                + result.name().replace("'", "''")
                + "')";
        assertThat(lake.rows(count))
            .as(result.name())
            .containsExactly("[" + (result.passed() ? 0 : result.failures()) + "]");
      }
    }
  }

  private static String randomRows(Random random) {
    int rows = random.nextInt(1, 400);
    String seed = "hash(i * 31 + " + random.nextInt(1000) + " + ";
    return "SELECT CASE WHEN "
        + seed
        + "1) % 7 > 0 THEN ("
        + seed
        + "2) % 20)::BIGINT END AS a,"
        + " CASE WHEN "
        + seed
        + "3) % 5 > 0 THEN chr(97 + ("
        + seed
        + "4) % 4)::INT) END AS \"b ü\"\"x\","
        + " ["
        + seed
        + "5) % 3, NULL]::BIGINT[] AS c, {'x': i % 2} AS d FROM range("
        + rows
        + ") AS t(i)";
  }

  private static List<String> randomChecks(Random random) {
    List<String> checks =
        new ArrayList<>(
            List.of(
                "- {unique: a, on_fail: quarantine}",
                "- {unique: [a, 'b ü\"x'], on_fail: quarantine, where: a > 5}",
                "- {not_null: 'b ü\"x', on_fail: quarantine, name: \"it's null\"}",
                "- {range: {a: {min: 2, max: 17}}, on_fail: quarantine}",
                "- {accepted: {'b ü\"x': [a, b, c]}, on_fail: quarantine, tolerance: 25%}",
                "- {references: {a: silver.known.a}, on_fail: quarantine, where: d.x = 1}",
                "- {length: {c: {max: 1}}, on_fail: quarantine, where: a = 3}",
                "- {sql: 'SELECT * FROM this WHERE a % 4 = 0', on_fail: quarantine}",
                "- {sql: 'SELECT * FROM this UNION ALL SELECT * FROM this WHERE a < 3', on_fail: quarantine, where: a < 6}",
                "- {sql: 'SELECT this.* FROM silver.known LEFT JOIN this USING (a)', on_fail: quarantine}",
                "- {not_null: a, on_fail: warn}",
                "- {row_count: {min: 1}}"));
    java.util.Collections.shuffle(checks, random);
    return checks.subList(0, random.nextInt(1, checks.size()));
  }

  @Test
  void a_quarantined_row_says_why_and_when_and_by_which_run() {
    lake.stage("silver.orders", ROWS);

    AuditReport report =
        lake.audit(
            "silver.orders",
            """
            - {unique: id, on_fail: quarantine}
            - {not_null: amount, on_fail: quarantine}
            - {range: {amount: {min: 0}}, on_fail: quarantine}
            """);

    assertThat(report.kept()).isZero();
    assertThat(report.quarantined()).isEqualTo(4);
    assertThat(
            lake.rows("SELECT id, _failed_checks, _quarantined_at FROM silver.orders__quarantine"))
        .containsExactly(
            "[1, [unique_id], 2026-03-01T12:00Z]",
            "[1, [unique_id], 2026-03-01T12:00Z]",
            "[2, [range_amount], 2026-03-01T12:00Z]",
            "[3, [not_null_amount], 2026-03-01T12:00Z]");
    assertThat(lake.rows("SELECT DISTINCT _run FROM silver.orders__quarantine"))
        .containsExactly("[" + lake.branch().run() + "]");
  }

  @Test
  void block_checks_are_judged_on_the_rows_that_stay() {
    lake.stage("silver.orders", ROWS);

    AuditReport report =
        lake.audit(
            "silver.orders",
            """
            - {not_null: amount, name: stays}
            - {not_null: amount, on_fail: quarantine, name: splits}
            - row_count: 4
            """);

    assertThat(report.results())
        .extracting(CheckResult::name)
        .containsExactly("stays", "splits", "row_count");
    assertThat(report.results())
        .extracting(CheckResult::passed)
        .containsExactly(true, false, false);
    assertThat(report.blocked()).extracting(CheckResult::detail).containsExactly("3 rows");
  }

  @Test
  void the_hidden_row_number_is_stored_nowhere() {
    lake.stage("silver.orders", ROWS);

    lake.audit(
        "silver.orders", "- {sql: SELECT * FROM this WHERE amount < 0, on_fail: quarantine}");
    lake.nextRun();

    assertThat(lake.lake.find(ORDERS).orElseThrow().schema().names())
        .containsExactly("id", "amount");
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().schema().names())
        .containsExactly("id", "amount", "_failed_checks", "_run", "_quarantined_at");
    assertThat(lake.lake.tables()).containsExactly(ORDERS, ORDERS.quarantine());
  }

  @Test
  void the_rows_before_the_split_are_in_no_snapshot_and_in_no_file() throws Exception {
    lake.stage("silver.orders", ROWS);
    lake.audit("silver.orders", "- {not_null: amount, on_fail: quarantine}");
    lake.nextRun();

    LakeTable orders = lake.lake.find(ORDERS).orElseThrow();

    assertThat(orders.history()).hasSize(1);
    assertThat(orders.rows()).isEqualTo(3);
    Path data = orders.files().getFirst().path().getParent();
    try (var files = java.nio.file.Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_clean_run_empties_the_quarantine_and_makes_none() {
    String check = "- {not_null: amount, on_fail: quarantine}";
    lake.stage("silver.clean", "SELECT 1 AS amount");
    lake.stage("silver.orders", ROWS);
    lake.audit("silver.clean", check);
    lake.audit("silver.orders", check);
    lake.nextRun();
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().rows()).isEqualTo(1);

    lake.stage("silver.orders", "SELECT 1 AS id, 2.00 AS amount");
    AuditReport report = lake.audit("silver.orders", check);
    lake.nextRun();

    assertThat(report.quarantined()).isZero();
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().rows()).isZero();
    assertThat(lake.lake.find(TableName.parse("silver.clean__quarantine"))).isEmpty();
  }

  @Test
  void a_table_whose_checks_no_longer_quarantine_holds_no_old_rows_back() {
    lake.stage("silver.orders", ROWS);
    lake.audit("silver.orders", "- {not_null: amount, on_fail: quarantine}");
    lake.nextRun();

    lake.stage("silver.orders", ROWS);
    lake.audit("silver.orders", "- {not_null: amount, on_fail: warn}");

    assertThat(lake.branch().find(ORDERS.quarantine()).orElseThrow().rows()).isZero();
    assertThat(lake.branch().find(ORDERS).orElseThrow().rows()).isEqualTo(4);
  }

  @Test
  void each_run_holds_its_own_failures_only() {
    String check = "- {range: {amount: {min: 0}}, on_fail: quarantine}";
    lake.stage("silver.orders", ROWS);
    lake.audit("silver.orders", check);
    lake.nextRun();

    lake.stage(
        "silver.orders",
        "SELECT * FROM (VALUES (7, -7.00), (8, -8.00), (9, 9.00)) AS t(id, amount)");
    lake.audit("silver.orders", check);

    assertThat(lake.rows("SELECT id FROM silver.orders__quarantine")).containsExactly("[7]", "[8]");
  }

  @Test
  void a_table_with_columns_of_the_quarantines_names_keeps_them() {
    lake.stage("silver.orders", "SELECT 1 AS id, 'mine' AS _run, NULL::INT AS _failed_checks");

    lake.audit("silver.orders", "- {not_null: _failed_checks, on_fail: quarantine}");

    assertThat(
            lake.rows(
                "SELECT _run, _failed_checks, __failed_checks FROM silver.orders__quarantine"))
        .containsExactly("[mine, null, [not_null__failed_checks]]");
  }

  @Test
  void partitions_order_and_descriptions_stay_when_rows_are_split_off() {
    Schema schema =
        new Schema(
            List.of(
                new Column("id", Type.Primitive.INTEGER, true),
                Column.of("amount", Type.parse("decimal(3,2)"))));
    TableSpec spec =
        new TableSpec(
            schema,
            List.of(new PartitionKey("id", new Transform.Bucket(2))),
            List.of(),
            Map.of("comment", "Orders."),
            Map.of("id", "The key."));
    lake.stage("silver.orders", ROWS, spec);

    lake.audit("silver.orders", "- {not_null: amount, on_fail: quarantine}");

    LakeTable orders = lake.branch().find(ORDERS).orElseThrow();
    assertThat(orders.schema()).isEqualTo(schema);
    assertThat(orders.partition()).isEqualTo(spec.partition());
    assertThat(orders.description()).isEqualTo("Orders.");
    assertThat(orders.columnDocs()).isEqualTo(Map.of("id", "The key."));
    assertThat(orders.rows()).isEqualTo(3);
  }
}
