package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a test can give, and which tests are chosen.
class GivenRowsTest {
  @TempDir Path folder;
  private TestedShop shop;

  @BeforeEach
  void a_shop() {
    shop = new TestedShop(folder);
  }

  @Test
  void variables_may_have_other_values_in_a_test() {
    shop.passes(
        """
        - name: dollars
          model: silver.orders
          vars: {currency: USD}
          given: {bronze.orders: [{order_id: 1}]}
          expect: [{currency: USD}]
        - name: euros
          model: silver.orders
          given: {bronze.orders: [{order_id: 1}]}
          expect: [{currency: EUR}]
        """);
  }

  @Test
  void what_only_checks_read_may_be_given_whether_they_are_judged_or_not() {
    shop.tarn.file(
        "models/silver/lines.sql",
        "/*\nchecks:\n  - references: {order_id: silver.orders.order_id}\n*/\nSELECT order_id::BIGINT AS order_id FROM bronze.orders");

    shop.passes(
        """
        - name: known
          model: silver.lines
          given: {bronze.orders: [{order_id: 1}], silver.orders: [{order_id: 1}]}
          expect: {checks: passed}
        - name: computed
          model: silver.lines
          given: {bronze.orders: [{order_id: 1}]}
          expect: {checks: passed}
        - name: unknown
          model: silver.lines
          given: {bronze.orders: [{order_id: 1}], silver.orders: [{order_id: 2}]}
          expect: {checks: {references_order_id: {blocked: 1}}}
        - name: not judged
          model: silver.lines
          given: {bronze.orders: [{order_id: 1}], silver.orders: []}
          expect: {count: 1}
        """);
  }

  @Test
  void models_between_what_is_given_and_what_is_tested_are_computed() {
    shop.passes(
        """
        - name: from bronze to gold
          model: gold.totals
          given:
            bronze.orders:
              - {order_id: 1, status: placed, amount: "0.10"}
              - {order_id: 2, status: placed, amount: "0.20"}
              - {order_id: 3, status: lost}
          expect:
            - {status: placed, total: 0.3, mean: 0.15, ids: [1, 2]}
            - {status: lost, total: null, mean: null, ids: [3]}
        - name: nothing in, nothing out
          model: gold.totals
          expect: {rows: []}
        """);
  }

  @Test
  void rows_come_from_files_of_many_kinds_and_from_sql() {
    shop.tarn.file("tests/data/in.csv", "order_id,status\n1,\"a\"\"b\"\n2,\n");
    shop.tarn.file(
        "tests/data/in.json",
        "[{\"order_id\": \"1\", \"status\": \"a\\\"b\"}, {\"order_id\": \"2\"}]");
    shop.tarn.file(
        "tests/data/in.ndjson",
        "{\"order_id\": \"1\", \"status\": \"a\\\"b\"}\n\n{\"order_id\": 2}\n");
    shop.tarn.file("tests/data/in.sql", "VALUES ('1', 'a\"b'), ('2', NULL) AS t(order_id, status)");
    shop.tarn.run(
        "query",
        "FROM (VALUES ('1', 'a\"b'), ('2', NULL)) AS t(order_id, status)",
        "--format",
        "parquet",
        "--output",
        folder.resolve("tests/data/in.parquet").toString());
    StringBuilder tests = new StringBuilder();
    for (String kind : new String[] {"csv", "json", "ndjson", "sql", "parquet"}) {
      tests.append(
          """
          - name: from KIND
            model: silver.orders
            given: {bronze.orders: {file: data/in.KIND}}
            expect:
              csv: |
                order_id,status
                1,"a\"\"b"
                2,
          """
              .replace("KIND", kind));
    }
    shop.tarn.file(
        "tests/data/in.sql",
        "SELECT * FROM (VALUES ('1', 'a\"b'), ('2', NULL)) AS t(order_id, status)");

    shop.passes(tests.toString());
    shop.passes(
        """
        - name: from sql to sql
          model: silver.orders
          given:
            bronze.orders: {sql: SELECT range::VARCHAR AS order_id FROM range(100)}
          expect: {count: 100, sql: SELECT order_id::BIGINT AS order_id FROM bronze.orders}
        """);
  }

  @Test
  void a_source_without_contract_or_files_has_the_types_of_what_is_given() {
    shop.tarn.file("sources/clicks.yml", "from: files\npath: clicks/*.json\n");
    shop.tarn.file(
        "models/silver/clicks.sql",
        "SELECT id + 1 AS next, page.url AS url, tags[1] AS tag, clicked, _source, typeof(code) AS code FROM bronze.clicks");

    shop.passes(
        """
        - name: nested
          model: silver.clicks
          given:
            bronze.clicks:
              - {id: 1, page: {url: /a}, tags: [x, y], clicked: 2024-01-01T10:00:00Z, code: "007"}
              - {id: 2, page: {url: /b, title: T}}
          expect:
            - {next: 2, url: /a, tag: x, clicked: 2024-01-01 11:00:00+01, _source: null, code: VARCHAR}
            - {next: 3, url: /b, tag: null, clicked: null, code: VARCHAR}
        """);
  }

  @Test
  void tests_are_chosen_by_model_and_by_file() {
    shop.tarn.file("tests/b.yml", "- {name: b, model: gold.totals, expect: {count: 0}}");
    String a = "- {name: a, model: silver.orders, expect: {count: 0}}";

    assertThat(shop.test(a, "--json").out()).contains("\"tests\":2");
    assertThat(shop.test(a, "silver").err()).contains("  a  ").doesNotContain("  b  ");
    assertThat(shop.test(a, "silver.orders+").err()).contains("  a  ", "  b  ");
    assertThat(shop.test(a, "tests/b.yml").err()).contains("  b  ").doesNotContain("  a  ");
    Answer wrong = shop.test(a, "gold.total", "tests/c.yml");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("did you mean 'gold.totals'?", "'tests/c.yml'  is no file of tests");
  }

  @Test
  void without_tests_nothing_fails() {
    Answer answer = shop.tarn.run("test");

    assertThat(answer.status()).isZero();
    assertThat(answer.out()).contains("there are no tests to run");
  }

  @Test
  void what_comes_out_is_what_a_run_makes_of_the_same_rows() {
    shop.tarn.file(
        "data/1.csv",
        "order_id,status,amount,updated_at\n1,a,1.5,2024-01-01\n1,b,2,2024-01-02\n2,c,-3,2024-01-01\n3,,,\n");
    shop.tarn.run("run");
    shop.tarn.file("tests/a.yml", "[]");
    parquet("FROM bronze.orders", "given");
    parquet("SELECT * EXCLUDE (seen_at, days) FROM silver.orders", "kept");
    parquet("SELECT order_id, _failed_checks FROM silver.orders__quarantine", "bad");
    parquet("FROM gold.totals", "totals");

    shop.passes(
        """
        - name: as in a run
          model: silver.orders
          given: {bronze.orders: {file: given.parquet}}
          expect: {file: kept.parquet, quarantined: {file: bad.parquet}, count: 2}
        - name: and from there on
          model: gold.totals
          given: {silver.orders: {file: kept.parquet}}
          expect: {file: totals.parquet, count: 2}
        """);
  }

  private void parquet(String sql, String name) {
    Answer answer =
        shop.tarn.run(
            "query",
            sql,
            "--format",
            "parquet",
            "--output",
            folder + "/tests/" + name + ".parquet");

    assertThat(answer.status()).as(answer.err()).isZero();
  }

  @Test
  void the_lake_is_neither_read_nor_written() {
    shop.tarn.file("data/1.csv", "order_id,status,amount,updated_at\n7,placed,1,2024-01-01\n");
    shop.tarn.run("run");

    shop.passes("- {name: empty, model: silver.orders, expect: {rows: []}}");

    assertThat(shop.tarn.rows("SELECT order_id FROM silver.orders")).containsExactly("7");
  }
}
