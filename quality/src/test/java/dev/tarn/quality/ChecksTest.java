package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testkit.GoldenFile;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Reading checks from a project's settings.
class ChecksTest {

  @Test
  void a_check_carries_its_options() {
    List<DeclaredCheck> checks =
        read(
            """
            - unique: order_id
            - {unique: [a, b], on_fail: warn, where: "status <> 'test'", tolerance: 0.1%, name: x}
            """);

    DeclaredCheck shortForm = checks.get(0);
    DeclaredCheck longForm = checks.get(1);
    assertThat(shortForm.onFail()).isEqualTo(OnFail.BLOCK);
    assertThat(shortForm.name()).isEqualTo("unique_order_id");
    assertThat(shortForm.tolerance()).isZero();
    assertThat(longForm.onFail()).isEqualTo(OnFail.WARN);
    assertThat(longForm.name()).isEqualTo("x");
    assertThat(longForm.tolerance()).isEqualByComparingTo(new BigDecimal("0.001"));
    assertThat(longForm.where()).map(SqlAt::text).contains("status <> 'test'");
    assertThat(longForm.check().columns()).extracting(ColumnAt::name).containsExactly("a", "b");
    assertThat(longForm.at().toString()).isEqualTo("orders.sql:2:4");
  }

  @Test
  void made_names_are_numbered_and_given_ones_must_differ() {
    assertThat(read("[{unique: a}, {unique: a, on_fail: warn}, {not_null: [a, b, c, d, e]}]"))
        .extracting(DeclaredCheck::name)
        .containsExactly("unique_a", "unique_a_2", "not_null_a_b_c_and_2_more");
    assertThat(problems("[{unique: a, name: Key}, {unique: b, name: key}]"))
        .extracting(Problem::what)
        .containsExactly("two checks are named 'key'");
  }

  @Test
  void everything_wrong_is_told_at_once_with_its_place() {
    String yaml =
        """
        - uniqe: order_id
        - unique
        - [not_null, a]
        - on_fail: warn
        - {unique: a, not_null: b}
        - {unique: a, on_fial: warn}
        - {unique: a, on_fail: quarantaine}
        - {unique: a, tolerance: 5}
        - {unique: a, tolerance: lots}
        - {unique: [a, A], where: ""}
        - unique: []
        - not_null: {a: 1}
        - accepted: status
        - accepted: {status: []}
        - accepted: {status: [a, null, {b: 1}]}
        - range: {amount: {}}
        - range: {amount: {minimum: 1}}
        - pattern: {email: [a]}
        - length: {country: {min: 5, max: 2}}
        - length: {country: {min: -1}}
        - length: {country: many}
        - references: {customer_id: customers.customer_id}
        - references: {customer_id: {column: x}}
        - {row_count: {min: 1}, on_fail: quarantine}
        - {row_count: {min: 1}, tolerance: 1%}
        - row_count: {}
        - fresh: {ordered_at: yesterday}
        - equal_totals: {amount: {table: payments, group: day}}
        - anomaly: {metric: row_counts}
        - anomaly: {metric: sum}
        - anomaly: {metric: row_count, column: a}
        - anomaly: {sensitivity: 0, season: 7 days}
        - schema: {order_id: bigintt}
        - {schema: {order_id: bigint}, where: "true"}
        - sql: [SELECT 1]
        - sql: ""
        """;

    String told =
        problems(yaml).stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));

    GoldenFile.named("problems/reading.txt").matches(told);
  }

  private static List<DeclaredCheck> read(String yaml) {
    return TestLake.checks(yaml);
  }

  private static List<Problem> problems(String yaml) {
    Problems problems = new Problems();
    Checks.read(YamlNodes.items(YamlNodes.read(yaml)), problems);
    return problems.all();
  }
}
