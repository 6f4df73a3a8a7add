package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.Transform;
import dev.tarn.lake.WriteTarget;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that fail are told while the table is written, with the same result as afterwards.
class ScreenTest {
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
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void screening_and_splitting_afterwards_agree(long seed) {
    Random random = new Random(seed);
    lake.stage("silver.known", "SELECT range AS a FROM range(0, 20, 3) UNION ALL SELECT NULL");
    String rows = rows(random);
    String checks = checks(random);

    lake.stage("silver.orders", rows);
    List<String> all = lake.rows("FROM silver.orders");
    List<String> before = findings(lake.audit("silver.orders", checks));
    List<String> keptBefore = lake.rows("FROM silver.orders");
    List<String> heldBefore = held();
    List<String> screened = findings(lake.screen("silver.orders", rows, checks));

    assertThat(screened).as(checks).isEqualTo(before);
    assertThat(lake.rows("FROM silver.orders")).isEqualTo(keptBefore);
    assertThat(held()).isEqualTo(heldBefore);
    List<String> together = new ArrayList<>(keptBefore);
    if (!heldBefore.isEmpty()) {
      together.addAll(lake.rows("SELECT a, \"b ü\"\"x\", c, d FROM silver.orders__quarantine"));
    }
    assertThat(together).containsExactlyInAnyOrderElementsOf(all);
  }

  private List<String> held() {
    return lake.branch().find(ORDERS.quarantine()).isPresent()
        ? lake.rows("FROM silver.orders__quarantine")
        : List.of();
  }

  private static List<String> findings(AuditReport report) {
    List<String> findings = new ArrayList<>();
    findings.add(report.kept() + " " + report.quarantined());
    for (CheckResult result : report.results()) {
      findings.add(
          String.join(
              "|",
              result.name(),
              result.onFail(),
              String.valueOf(result.passed()),
              String.valueOf(result.rows()),
              String.valueOf(result.failures()),
              String.valueOf(result.samples().size()),
              result.detail()));
    }
    return findings;
  }

  private static String rows(Random random) {
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
        + random.nextInt(1, 400)
        + ") AS t(i)";
  }

  private static String checks(Random random) {
    List<String> quarantine =
        new ArrayList<>(
            List.of(
                "- {not_null: [a, 'b ü\"x'], on_fail: quarantine, name: \"it's null\"}",
                "- {range: {a: {min: 2, max: 17}}, on_fail: quarantine}",
                "- {accepted: {'b ü\"x': [a, b, c]}, on_fail: quarantine}",
                "- {references: {a: silver.known.a}, on_fail: quarantine, where: d.x = 1}",
                "- {length: {c: {max: 1}}, on_fail: quarantine, where: a = 3}",
                "- {pattern: {'b ü\"x': '^[ab]$'}, on_fail: quarantine}",
                "- {sql: 'SELECT * FROM this WHERE a % 4 = 0', on_fail: quarantine}",
                "- {sql: 'select this.* from this where d.x = 1 and list_sum(c) > 1', on_fail: quarantine, where: a < 6, name: nested}"));
    Collections.shuffle(quarantine, random);
    List<String> checks = new ArrayList<>(quarantine.subList(0, random.nextInt(1, 6)));
    checks.addAll(
        List.of(
            "- {not_null: a, on_fail: warn, name: warned}",
            "- {references: {a: silver.known.a}, name: blocked}",
            "- {unique: [a, 'b ü\"x'], on_fail: warn}",
            "- {sql: 'SELECT * FROM this WHERE a = 5', on_fail: warn, name: fives}",
            "- {row_count: {min: 1}}"));
    Collections.shuffle(checks, random);
    return String.join("\n", checks);
  }

  @Test
  void a_row_that_fails_several_checks_names_them_all() {
    AuditReport report =
        lake.screen(
            "silver.orders",
            ROWS,
            """
            - {range: {id: {max: 1}}, on_fail: quarantine}
            - {not_null: amount, on_fail: quarantine}
            - {sql: "SELECT * FROM this WHERE amount < 0", on_fail: quarantine, name: negative}
            - row_count: 2
            """);

    assertThat(report.kept()).isEqualTo(2);
    assertThat(report.quarantined()).isEqualTo(2);
    assertThat(report.blocked()).isEmpty();
    assertThat(
            lake.rows(
                "SELECT id, amount, _failed_checks, _quarantined_at FROM silver.orders__quarantine"))
        .containsExactly(
            "[2, -1.00, [range_id, negative], 2026-03-01T12:00Z]",
            "[3, null, [range_id, not_null_amount], 2026-03-01T12:00Z]");
    assertThat(lake.rows("SELECT DISTINCT _run FROM silver.orders__quarantine"))
        .containsExactly("[" + lake.branch().run() + "]");
    assertThat(report.results())
        .extracting(CheckResult::samples)
        .contains(List.of("{\"id\":2,\"amount\":-1.00}"));
  }

  @Test
  void all_rows_may_fail_and_then_none() throws IOException {
    String check = "- {not_null: amount, on_fail: quarantine}";

    AuditReport all = lake.screen("silver.orders", "SELECT 1 AS id, NULL::INT AS amount", check);
    assertThat(all.kept()).isZero();
    assertThat(all.quarantined()).isEqualTo(1);
    lake.nextRun();
    assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isZero();
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().rows()).isEqualTo(1);

    AuditReport none = lake.screen("silver.orders", "SELECT 1 AS id, 2 AS amount", check);
    assertThat(none.kept()).isEqualTo(1);
    assertThat(none.quarantined()).isZero();
    lake.nextRun();
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().rows()).isZero();
    assertThat(asideFolders()).isEmpty();
  }

  @Test
  void a_block_check_over_the_rows_that_stay_still_blocks() {
    AuditReport report =
        lake.screen(
            "silver.orders",
            ROWS,
            "- {not_null: amount, on_fail: quarantine}\n- {range: {amount: {min: 0}}}\n- unique: id");

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.blocked())
        .extracting(CheckResult::name)
        .containsExactly("range_amount", "unique_id");
    assertThat(report.blocked()).extracting(CheckResult::rows).containsExactly(3L, 3L);
  }

  @Test
  void no_row_set_aside_is_in_a_file_of_the_table() throws IOException {
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

    lake.screen("silver.orders", ROWS, spec, "- {not_null: amount, on_fail: quarantine}");
    lake.nextRun();

    assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(3);
    assertThat(lake.lake.find(ORDERS).orElseThrow().history()).hasSize(1);
    assertThat(lake.lake.find(ORDERS).orElseThrow().files())
        .allMatch(file -> file.partition().startsWith("id_bucket="));
    assertThat(lake.lake.find(ORDERS.quarantine()).orElseThrow().schema().names())
        .containsExactly("id", "amount", "_failed_checks", "_run", "_quarantined_at");
    assertThat(asideFolders()).isEmpty();
  }

  @Test
  void rows_set_aside_by_a_run_that_died_are_swept_with_it() throws IOException {
    Schema schema = new Schema(List.of(Column.of("id", Type.Primitive.INTEGER)));
    WriteTarget target = lake.branch().replace(ORDERS, TableSpec.of(schema));
    try (EngineConnection connection = lake.session().connect()) {
      connection.sift("SELECT range AS id FROM range(9)", target, "this.id % 3").orElseThrow();
    }
    assertThat(asideFolders()).hasSize(3);

    lake.lake.sweepRuns(List.of(lake.branch().run()));

    assertThat(asideFolders()).isEmpty();
  }

  private List<Path> asideFolders() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      return all.filter(path -> path.toString().contains("aside")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- {unique: id, on_fail: quarantine}",
        "- {not_null: id, on_fail: quarantine, tolerance: 1%}",
        "- {not_null: id, on_fail: quarantine, where: id IN (SELECT id FROM this)}",
        "- {references: {id: silver.orders.amount}, on_fail: quarantine}",
        "- {sql: SELECT * FROM this QUALIFY count(*) OVER () > 1, on_fail: quarantine}",
        "- {sql: SELECT * FROM this WHERE id > 1 ORDER BY id LIMIT 1, on_fail: quarantine}",
        "- {sql: 'SELECT * FROM this WHERE id IN (FROM this SELECT max(id))', on_fail: quarantine}",
        "- {sql: SELECT DISTINCT * FROM this WHERE id > 1, on_fail: quarantine}",
        "- {not_null: id}"
      })
  void what_compares_rows_or_tolerates_some_is_no_screen(String check) {
    Schema schema =
        new Schema(
            List.of(
                Column.of("id", Type.Primitive.INTEGER),
                Column.of("amount", Type.Primitive.INTEGER)));

    Optional<Screen> screen = Screen.of(ORDERS, schema, TestLake.checks(check));

    assertThat(screen).isEmpty();
  }
}
