package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a test can give and expect, and what is said when something else comes out.
class UnitTestsTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_shop() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: shop\nvars: {currency: EUR}\n")
            .file(
                "sources/orders.yml",
                """
                from: files
                path: data/*.csv
                columns: {order_id: text, status: text, amount: text, updated_at: timestamp}
                """)
            .file(
                "models/silver/orders.sql",
                """
                /*
                key: order_id
                checks:
                  - unique: order_id
                  - {not_null: amount, on_fail: warn}
                  - {sql: "SELECT * FROM this WHERE amount < 0", on_fail: quarantine, name: amount_positive}
                */
                SELECT order_id::BIGINT AS order_id, status, amount::DECIMAL(12,2) AS amount,
                  ${var.currency} AS currency, now() AS seen_at, current_date - updated_at::DATE AS days
                FROM bronze.orders
                QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY updated_at DESC) = 1
                """)
            .file(
                "models/gold/totals.sql",
                """
                SELECT status, sum(amount) AS total, avg(amount) AS mean, list(order_id ORDER BY order_id) AS ids
                FROM silver.orders GROUP BY status ORDER BY status
                """);
  }

  private Answer test(String yaml, String... words) {
    tarn.file("tests/a.yml", yaml);
    String[] all = new String[words.length + 1];
    all[0] = "test";
    System.arraycopy(words, 0, all, 1, words.length);
    return tarn.run(all);
  }

  private void passes(String yaml) {
    Answer answer = test(yaml);

    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
  }

  private String fails(String yaml) {
    Answer answer = test(yaml);

    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(1);
    return answer.out();
  }

  @Test
  void rows_may_come_in_any_order_and_only_named_columns_are_compared() {
    passes(
        """
        - name: the latest version wins
          model: silver.orders
          given:
            bronze.orders:
              - {order_id: "1", status: placed, updated_at: 2024-01-01}
              - {order_id: "1", status: shipped, updated_at: 2024-01-02}
              - {order_id: "2", status: placed}
          expect:
            rows:
              - {order_id: 2, status: placed}
              - {status: shipped, order_id: "1"}
        """);
  }

  @Test
  void the_difference_shows_what_is_missing_what_is_unexpected_and_what_differs() {
    String said =
        fails(
            """
            - name: wrong
              model: silver.orders
              given:
                bronze.orders:
                  csv: |
                    order_id, status, amount
                    1, placed, 3.10
                    2, "lost, or not",
                    3, new, 5
              expect:
                rows:
                  - {order_id: 1, status: shipped, amount: 3.1}
                  - {order_id: 2, status: "lost, or not", amount: null}
                  - {order_id: 4, status: gone, amount: 0}
            """);

    assertThat(said)
        .contains(
            """
                rows: 1 as expected, 1 different, 1 missing, 1 unexpected
                    order_id  status            amount
                  ~ 1         shipped → placed  3.10
                  - 4         gone              0
                  + 3         new               5.00
            ✗ 1 of 1 test failed in\
            """)
        .startsWith("✗ tests/a.yml:1:3  wrong  (silver.orders, ");
  }

  @Test
  void order_counts_when_it_is_asked_for() {
    String given =
        """
        - name: ordered
          model: gold.totals
          given: {silver.orders: [{status: b, amount: 1}, {status: a, amount: 2}]}
        """;
    passes(given + "  expect: {ordered: true, rows: [{status: a}, {status: b}]}");

    String said = fails(given + "  expect: {ordered: true, rows: [{status: b}, {status: a}]}");

    assertThat(said)
        .contains("rows: all are there, but in another order", "~ 1 → 2  b", "~ 2 → 1  a");
  }

  @Test
  void the_clock_stands_still_for_the_model_and_its_checks() {
    passes(
        """
        - name: at noon
          model: silver.orders
          now: 2024-05-01T12:00:00Z
          given: {bronze.orders: [{order_id: 1, updated_at: 2024-04-01}]}
          expect: [{seen_at: "2024-05-01 12:00:00+00", days: 30}]
        - name: another day, with an offset
          model: silver.orders
          now: 2024-05-02 01:00:00+02:00
          given: {bronze.orders: [{order_id: 1, updated_at: 2024-04-01}]}
          expect: [{seen_at: 2024-05-01T23:00:00Z, days: 30}]
        """);
  }

  @Test
  void a_test_whose_outcome_depends_on_the_day_is_warned_of() {
    tarn.file(
        "tests/a.yml",
        """
        - {name: dated, model: silver.orders, now: 2024-05-01, expect: {count: 0}}
        - {name: undated, model: gold.totals, given: {bronze.orders: []}, expect: {count: 0}}
        """);

    Answer check = tarn.run("check");

    assertThat(check.status()).isZero();
    assertThat(check.err())
        .contains("warning tests/a.yml:2:3  silver.orders asks for the time (now)")
        .doesNotContain("tests/a.yml:1");
  }

  @Test
  void variables_may_have_other_values_in_a_test() {
    passes(
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
  void checks_are_judged_as_in_a_run_and_what_fails_goes_to_quarantine() {
    passes(
        """
        - name: negative amounts are put aside
          model: silver.orders
          given: {bronze.orders: [{order_id: 1, amount: -5}, {order_id: 2, amount: 5}, {order_id: 3}]}
          expect:
            rows: [{order_id: 2}, {order_id: 3}]
            quarantined: [{order_id: 1, amount: -5, _failed_checks: [amount_positive]}]
            checks: {unique_order_id: passed, not_null_amount: warned, amount_positive: {quarantined: 1}}
        - name: without checks, rows are what the query makes
          model: silver.orders
          given: {bronze.orders: [{order_id: 1, amount: -5}]}
          expect: [{order_id: 1}]
        - name: none fails
          model: silver.orders
          given: {bronze.orders: [{order_id: 1, amount: 5}]}
          expect: {checks: passed, quarantined: 0}
        """);
    String said =
        fails(
            """
            - name: which checks fail
              model: silver.orders
              given: {bronze.orders: [{order_id: 1, amount: -5}]}
              expect:
                checks: {amount_positive: passed, not_null_amount: 1}
                quarantined: 2
            """);

    assertThat(said)
        .contains("check amount_positive: expected passed, got {quarantined: 1}")
        .contains("\"amount\":-5.00")
        .contains("check not_null_amount: expected 1, got 0")
        .contains("quarantined rows: 2 expected, 1 came out");
  }

  @Test
  void models_between_what_is_given_and_what_is_tested_are_computed() {
    passes(
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
  void decimals_compare_exactly_and_floats_nearly() {
    String given =
        """
        - name: thirds
          model: gold.totals
          given: {silver.orders: [{status: a, amount: 0.10}, {status: a, amount: 0.20}, {status: a, amount: 0.00}]}
        """;
    passes(given + "  expect: [{total: 0.3000, mean: 0.1}]");

    assertThat(fails(given + "  expect: [{total: 0.301}]")).contains("~ 0.301 → 0.30");
    assertThat(fails(given + "  expect: [{status: a, mean: 0.1001}]")).contains("0.1001 → 0.0999");
    passes(given + "  expect: {tolerance: 0.01, rows: [{mean: 0.1001}]}");
  }

  @Test
  void a_model_may_be_expected_to_fail() {
    passes(
        """
        - name: no number
          model: silver.orders
          given: {bronze.orders: [{order_id: one}]}
          expect: {error: "Could not convert string 'one'"}
        """);
    assertThat(
            fails(
                """
                - name: no number
                  model: silver.orders
                  given: {bronze.orders: [{order_id: 1}]}
                  expect: {error: could not convert}
                """))
        .contains("an error with 'could not convert' was expected, but the model did not fail");
    assertThat(
            fails(
                """
                - name: no number
                  model: silver.orders
                  given: {bronze.orders: [{order_id: one}]}
                  expect: {count: 1}
                """))
        .contains("the test could not be carried out:", "models/silver/orders.sql");
  }

  @Test
  void rows_come_from_files_of_many_kinds_and_from_sql() {
    tarn.file("tests/data/in.csv", "order_id,status\n1,\"a\"\"b\"\n2,\n");
    tarn.file(
        "tests/data/in.json",
        "[{\"order_id\": \"1\", \"status\": \"a\\\"b\"}, {\"order_id\": \"2\"}]");
    tarn.file(
        "tests/data/in.ndjson",
        "{\"order_id\": \"1\", \"status\": \"a\\\"b\"}\n\n{\"order_id\": 2}\n");
    tarn.file("tests/data/in.sql", "VALUES ('1', 'a\"b'), ('2', NULL) AS t(order_id, status)");
    tarn.run(
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
    tarn.file(
        "tests/data/in.sql",
        "SELECT * FROM (VALUES ('1', 'a\"b'), ('2', NULL)) AS t(order_id, status)");

    passes(tests.toString());
    passes(
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
    tarn.file("sources/clicks.yml", "from: files\npath: clicks/*.json\n");
    tarn.file(
        "models/silver/clicks.sql",
        "SELECT id + 1 AS next, page.url AS url, tags[1] AS tag, clicked, _source, typeof(code) AS code FROM bronze.clicks");

    passes(
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
    tarn.file("tests/b.yml", "- {name: b, model: gold.totals, expect: {count: 0}}");
    String a = "- {name: a, model: silver.orders, expect: {count: 0}}";

    assertThat(test(a, "--json").out()).contains("\"tests\":2");
    assertThat(test(a, "silver").err()).contains("  a  ").doesNotContain("  b  ");
    assertThat(test(a, "silver.orders+").err()).contains("  a  ", "  b  ");
    assertThat(test(a, "tests/b.yml").err()).contains("  b  ").doesNotContain("  a  ");
    Answer wrong = test(a, "gold.total", "tests/c.yml");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("did you mean 'gold.totals'?", "'tests/c.yml'  is no file of tests");
  }

  @Test
  void without_tests_nothing_fails() {
    Answer answer = tarn.run("test");

    assertThat(answer.status()).isZero();
    assertThat(answer.out()).contains("there are no tests to run");
  }

  @Test
  void the_lake_is_neither_read_nor_written() {
    tarn.file("data/1.csv", "order_id,status,amount,updated_at\n7,placed,1,2024-01-01\n");
    tarn.run("run");

    passes("- {name: empty, model: silver.orders, expect: {rows: []}}");

    assertThat(tarn.rows("SELECT order_id FROM silver.orders")).containsExactly("7");
  }
}
