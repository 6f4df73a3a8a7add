package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a test can expect, and what is said when something else comes out.
class UnitTestsTest {
  @TempDir Path folder;
  private TestedShop shop;

  @BeforeEach
  void a_shop() {
    shop = new TestedShop(folder);
  }

  @Test
  void rows_may_come_in_any_order_and_only_named_columns_are_compared() {
    shop.passes(
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
        shop.fails(
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
    shop.passes(given + "  expect: {ordered: true, rows: [{status: a}, {status: b}]}");

    String said = shop.fails(given + "  expect: {ordered: true, rows: [{status: b}, {status: a}]}");

    assertThat(said)
        .contains("rows: all are there, but in another order", "~ 1 → 2  b", "~ 2 → 1  a");
  }

  @Test
  void the_clock_stands_still_for_the_model_and_its_checks() {
    shop.passes(
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
    shop.tarn.file(
        "tests/a.yml",
        """
        - {name: dated, model: silver.orders, now: 2024-05-01, expect: {count: 0}}
        - {name: undated, model: gold.totals, given: {bronze.orders: []}, expect: {count: 0}}
        """);

    Answer check = shop.tarn.run("check");

    assertThat(check.status()).isZero();
    assertThat(check.err())
        .contains("warning tests/a.yml:2:3  silver.orders asks for the time (now)")
        .doesNotContain("tests/a.yml:1");
  }

  @Test
  void checks_are_judged_as_in_a_run_and_what_fails_goes_to_quarantine() {
    shop.passes(
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
        shop.fails(
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
  void decimals_compare_exactly_and_floats_nearly() {
    String given =
        """
        - name: thirds
          model: gold.totals
          given: {silver.orders: [{status: a, amount: 0.10}, {status: a, amount: 0.20}, {status: a, amount: 0.00}]}
        """;
    shop.passes(given + "  expect: [{total: 0.3000, mean: 0.1}]");

    assertThat(shop.fails(given + "  expect: [{total: 0.301}]")).contains("~ 0.301 → 0.30");
    assertThat(shop.fails(given + "  expect: [{status: a, mean: 0.1001}]"))
        .contains("0.1001 → 0.0999");
    shop.passes(given + "  expect: {tolerance: 0.01, rows: [{mean: 0.1001}]}");
  }

  @Test
  void a_model_may_be_expected_to_fail() {
    shop.passes(
        """
        - name: no number
          model: silver.orders
          given: {bronze.orders: [{order_id: one}]}
          expect: {error: "Could not convert string 'one'"}
        """);
    assertThat(
            shop.fails(
                """
                - name: no number
                  model: silver.orders
                  given: {bronze.orders: [{order_id: 1}]}
                  expect: {error: could not convert}
                """))
        .contains("an error with 'could not convert' was expected, but the model did not fail");
    assertThat(
            shop.fails(
                """
                - name: no number
                  model: silver.orders
                  given: {bronze.orders: [{order_id: one}]}
                  expect: {count: 1}
                """))
        .contains("the test could not be carried out:", "models/silver/orders.sql");
  }
}
