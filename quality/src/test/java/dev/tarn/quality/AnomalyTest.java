package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A figure is compared with what the same check measured in earlier runs.
class AnomalyTest {
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

  @Test
  void six_runs_are_not_enough_to_know_what_is_usual() {
    daily(6, 1000);

    CheckResult result = run(5, "- anomaly: row_count");

    assertThat(result.passed()).isTrue();
    assertThat(result.detail()).isEqualTo("row_count = 5; not enough history: 6 of 7 earlier runs");
  }

  @Test
  void a_figure_far_from_the_median_fails_and_one_near_it_passes() {
    for (int rows : new int[] {1000, 1020, 980, 1010, 990, 1005, 995}) {
      found(rows);
    }

    assertThat(run(1030, "- anomaly: row_count").passed()).isTrue();
    CheckResult result = run(500, "- anomaly: row_count");
    assertThat(result.passed()).isFalse();
    assertThat(result.detail())
        .isEqualTo("row_count = 500; usually 1002.5, this is 33.9 deviations off (8 earlier runs)");
  }

  @Test
  void one_wild_run_does_not_change_what_is_usual() {
    daily(7, 1000);
    found(90_000);

    assertThat(run(1010, "- anomaly: row_count").passed()).isTrue();
    assertThat(run(90_000, "- anomaly: row_count").passed()).isFalse();
  }

  @Test
  void a_still_figure_may_begin_to_move_a_little() {
    daily(8, 1000);

    assertThat(run(1029, "- anomaly: row_count").passed()).isTrue();
    assertThat(run(1031, "- anomaly: row_count").passed()).isFalse();
  }

  @Test
  void the_same_day_of_the_week_is_what_counts() {
    String check = "- anomaly: {metric: row_count, season: 7d}";
    for (int day = 0; day < 8 * 7; day++) {
      found(day % 7 == 0 ? 100 : 1000);
    }

    assertThat(run(100, check).passed()).isTrue();
    assertThat(run(100, check).passed()).isFalse();
  }

  @Test
  void other_figures_are_followed_as_well() {
    String check = "- anomaly: {metric: null_share, column: half, sensitivity: 4}";
    for (int day = 0; day < 7; day++) {
      found(
          "anomaly_null_share_half",
          "null_share of half = 0.5; usually 0.5, this is 0.0 deviations off (9 earlier runs)");
    }
    lake.stage("silver.t", "SELECT NULL::INT AS half FROM range(10)");

    CheckResult result = lake.audit("silver.t", check).results().getFirst();

    assertThat(result.passed()).isFalse();
    assertThat(result.detail()).startsWith("null_share of half = 1; usually 0.5,");
  }

  private void daily(int days, int rows) {
    for (int day = 0; day < days; day++) {
      found(rows);
    }
  }

  /// A day's run that found so many rows.
  private void found(int rows) {
    found("anomaly_row_count", "row_count = " + rows + "; not enough history: 0 of 7 earlier runs");
  }

  private void found(String check, String detail) {
    lake.history.add(
        new CheckResult(
            TableName.parse("silver.t"),
            check,
            "anomaly",
            "",
            "block",
            true,
            1,
            0,
            List.of(),
            detail,
            lake.clock.instant()));
    lake.clock.advance(Duration.ofDays(1));
  }

  private CheckResult run(int rows, String check) {
    lake.stage(
        "silver.t",
        "SELECT CASE WHEN i % 2 = 0 THEN i END AS half FROM range(" + rows + ") AS t(i)");
    CheckResult result = lake.audit("silver.t", check).results().getFirst();
    lake.history.add(result);
    lake.clock.advance(Duration.ofDays(1));
    return result;
  }
}
