package dev.tarn.sql.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is between the least key and the greatest is all that is read.
class BoundsTest {
  private ChangeLab lab;

  @BeforeEach
  void open() throws SQLException {
    lab = new ChangeLab();
    lab.clear();
  }

  @AfterEach
  void close() throws SQLException {
    lab.close();
  }

  private String bounds(Bounds.Side side, String keys) {
    return Bounds.of(List.of(side), lab.keep("SELECT * FROM (VALUES " + keys + ") AS t(k0)"), lab);
  }

  @Test
  void a_column_lies_between_its_least_and_its_greatest_key() {
    assertThat(bounds(Bounds.Side.of("n", "k0"), "(7), (3), (5)"))
        .isEqualTo(" AND (n BETWEEN CAST('3' AS INTEGER) AND CAST('7' AS INTEGER))");
  }

  @Test
  void where_a_key_is_null_rows_without_a_value_count_too() {
    assertThat(bounds(Bounds.Side.of("n", "k0"), "(3), (NULL)")).endsWith(" OR n IS NULL)");
    assertThat(bounds(Bounds.Side.of("n", "k0"), "(NULL::INTEGER)")).isEqualTo(" AND n IS NULL");
  }

  @Test
  void texts_and_numbers_that_are_not_exact_have_no_bounds() {
    assertThat(bounds(Bounds.Side.of("n", "k0"), "('a'), ('b')")).isEmpty();
    assertThat(bounds(Bounds.Side.of("n", "k0"), "(1.5::DOUBLE)")).isEmpty();
  }

  @Test
  void the_times_of_a_month_are_those_up_to_its_end() {
    Rounded rounded = rounded("date_trunc('month', time)::DATE").orElseThrow();

    String bounds =
        bounds(
            new Bounds.Side("time", "TIMESTAMP", rounded.units(), "k0"),
            "(DATE '2026-02-01'), (DATE '2026-03-01')");

    assertThat(bounds)
        .isEqualTo(
            " AND (time BETWEEN CAST(CAST('2026-02-01' AS DATE) AS TIMESTAMP)"
                + " AND CAST(CAST('2026-03-01' AS DATE) + INTERVAL 1 MONTH + INTERVAL 1 DAY AS TIMESTAMP))");
  }

  @Test
  void a_time_with_a_zone_rounds_as_its_zone_does_and_has_no_bounds() {
    Bounds.Side side = new Bounds.Side("time", "TIMESTAMP WITH TIME ZONE", List.of("1 DAY"), "k0");

    assertThat(bounds(side, "(DATE '2026-02-01')")).isEmpty();
  }

  @Test
  void only_what_rounds_down_is_known_to() {
    assertThat(rounded("date_trunc('decade', time)")).isEmpty();
    assertThat(rounded("date_trunc(unit, time)")).isEmpty();
    assertThat(rounded("TRY_CAST(time AS DATE)")).isEmpty();
    assertThat(rounded("time + INTERVAL 1 DAY")).isEmpty();
    assertThat(rounded("year(time)")).isEmpty();
  }

  private Optional<Rounded> rounded(String expression) {
    return Rounded.of(item(expression));
  }

  private Expression item(String expression) {
    return lab.parser().parse("SELECT " + expression).body() instanceof QueryBody.Select select
        ? select.items().getFirst()
        : fail(expression);
  }

  private static Expression fail(String expression) {
    throw new AssertionError(expression);
  }
}
