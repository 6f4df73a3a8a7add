package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.testkit.GoldenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks are bound to the columns there are before anything runs.
class CheckBinderTest {
  private static final TableName ORDERS = TableName.parse("silver.orders");
  private static final Schema COLUMNS =
      schema(
          "order_id bigint",
          "customer_id bigint",
          "status varchar",
          "amount decimal(12,2)",
          "ordered_at timestamp",
          "ratio double",
          "tags varchar[]",
          "id uuid",
          "live boolean");
  private static final KnownTables OTHERS =
      KnownTables.of(
          Map.of(
              TableName.parse("silver.customers"), schema("customer_id bigint", "name varchar"),
              TableName.parse("silver.payments"),
                  schema("amount decimal(12,2)", "ordered_at varchar", "note varchar")));

  @TempDir Path folder;
  private TestLake lake;
  private SqlParser parser;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
    parser = new SqlParser();
  }

  @AfterEach
  void close() {
    parser.close();
    lake.close();
  }

  @Test
  void checks_that_fit_have_no_problems() {
    assertThat(
            problems(
                """
                - unique: [order_id, STATUS]
                - not_null: tags
                - accepted: {status: [placed], live: ["true"], order_id: [1, 2.0], id: [00000000-0000-0000-0000-000000000001], ordered_at: [2026-01-01]}
                - range: {amount: {min: 0.001, max: 1e6}, ordered_at: {min: 2026-01-01}}
                - pattern: {status: '^\\w+$'}
                - length: {status: {max: 10}, tags: {min: 1}}
                - references: {customer_id: silver.customers.customer_id}
                - references: {order_id: silver.orders.customer_id}
                - row_count: {min: 1}
                - fresh: {ordered_at: 24h}
                - distinct_count: {tags: {max: 3}}
                - equal_totals: {amount: {table: silver.payments}}
                - anomaly: {metric: mean, column: ratio, season: 7d}
                - schema: {order_id: bigint, amount: "decimal(12,2)", tags: "varchar[]"}
                - {sql: "SELECT * FROM this WHERE amount < 0", on_fail: quarantine}
                - {sql: "SELECT this.* FROM this ANTI JOIN silver.customers USING (customer_id)", on_fail: quarantine, where: "live -- alive"}
                - sql: WITH x AS (FROM This) FROM x WHERE amount < 0
                - sql: SELECT sum(amount) FROM silver.payments HAVING sum(amount) < 0
                - {unique: order_id, where: "order_id > (SELECT min(order_id) FROM this)", on_fail: quarantine}
                """))
        .isEmpty();
  }

  @Test
  void everything_that_does_not_fit_is_told_with_its_place() {
    String told =
        text(
            problems(
                """
                - unique: [order_id, custmer_id]
                - accepted: {order_id: [1, x, 1.5, 99999999999999999999], live: [perhaps], id: [1], ordered_at: [monday], tags: [a]}
                - range: {status: {min: 1}, amount: {min: a}, ordered_at: {min: never}, order_id: {min: 5, max: 1}}
                - pattern: {amount: '^1'}
                - pattern: {status: '(placed'}
                - length: {amount: {min: 1}}
                - references: {customer_id: silver.custmers.customer_id, order_id: silver.customers.id, amount: silver.customers.name}
                - fresh: {status: 24h}
                - equal_totals: {status: {table: silver.payments, column: note}, amount: {table: silver.payments, by: [ordered_at, day]}}
                - anomaly: {metric: sum, column: status}
                - schema: {order_id: integer, gone: date}
                - {not_null: status, where: "stats = 'x'"}
                - {not_null: status, where: "amount"}
                - {not_null: status, where: "sum(amount) > 5"}
                - {not_null: status, where: "true) UNION SELECT (true"}
                - {not_null: status, where: "amount >"}
                - sql: SELECT * FROM this WHERE amuont < 0
                - sql: "SELECT * FROM silver.custmers"
                - sql: DELETE FROM this
                - sql: SELECT 1; SELECT 2
                - sql: |
                    SELECT *
                    FROM this
                    WHERE nothing = 1
                - {sql: SELECT order_id FROM this, on_fail: quarantine}
                - {sql: SELECT status AS _tarn_row FROM this, on_fail: quarantine}
                - {sql: SELECT count(*) FROM this, on_fail: quarantine}
                - sql: SELECT * FROM read_csv('/etc/passwd')
                - sql: SELECT * FROM ths WHERE amount < 0
                """));

    GoldenFile.named("problems/binding.txt").matches(told);
  }

  @Test
  void views_and_sources_can_not_quarantine() {
    List<DeclaredCheck> checks = TestLake.checks("- {unique: order_id, on_fail: quarantine}");

    try (CheckBinder binder = binder()) {
      assertThat(text(binder.problems(ORDERS, Audited.VIEW, COLUMNS, checks, OTHERS)))
          .isEqualTo(
              """
              orders.sql:1:4  silver.orders is a view and keeps no rows, so none can be quarantined
                              use on_fail: block or warn, or materialize: table
              """);
      assertThat(text(binder.problems(ORDERS, Audited.SOURCE, COLUMNS, checks, OTHERS)))
          .contains("a source keeps what came, so no row of silver.orders can be quarantined");
    }
  }

  @Test
  void the_tables_that_checks_read_are_known() {
    List<DeclaredCheck> checks =
        TestLake.checks(
            """
            - references: {customer_id: silver.customers.customer_id}
            - equal_totals: {amount: {table: silver.payments}}
            - sql: WITH x AS (SELECT * FROM gold.a) SELECT * FROM this JOIN x USING (order_id)
            - {unique: order_id, where: order_id IN (FROM gold.b)}
            - sql: not a query
            """);

    assertThat(Checks.tables(checks, parser))
        .extracting(TableName::toString)
        .containsExactly("gold.a", "gold.b", "silver.customers", "silver.payments");
  }

  private List<Problem> problems(String yaml) {
    try (CheckBinder binder = binder()) {
      return binder.problems(ORDERS, Audited.TABLE, COLUMNS, TestLake.checks(yaml), OTHERS);
    }
  }

  private CheckBinder binder() {
    return new CheckBinder(lake.engine, parser, CheckBinderTest::noFiles);
  }

  private static List<Problem> noFiles(Query query) {
    return query.functions().stream()
        .filter(function -> function.name().equals("read_csv"))
        .map(function -> Problem.at(function.at(), "read_csv reads files", ""))
        .toList();
  }

  private static String text(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Schema schema(String... columns) {
    return new Schema(
        List.of(columns).stream()
            .map(text -> text.split(" ", 2))
            .map(parts -> Column.of(parts[0], Type.parse(parts[1])))
            .toList());
  }
}
