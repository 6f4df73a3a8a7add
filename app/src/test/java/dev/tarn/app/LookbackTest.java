package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model with `lookback` leaves rows as they are that are older than that.
class LookbackTest {
  private static final String SALES =
      "/*\nkey: id\npartition: day(sold_at)\nlookback: 2d\nMORE*/\n"
          + "SELECT id, sold_at, amount FROM bronze.sales"
          + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-05-01T00:00:00Z");
  private TarnShell tarn;

  @BeforeEach
  void a_project() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\n")
            .file(
                "sources/sales.yml",
                "from: files\npath: data/*.csv\ncolumns: {id: bigint, sold_at: timestamp, amount: bigint}\n");
    model(SALES.replace("MORE", ""));
    runs("1,2026-04-03 10:00:00,1", "2,2026-04-08 10:00:00,1", "3,2026-04-10 10:00:00,1");
  }

  private void model(String text) {
    tarn.file("models/silver/sales.sql", text);
  }

  private Answer run(String... rows) {
    clock.advance(Duration.ofHours(1));
    if (rows.length > 0) {
      tarn.file(
          "data/" + clock.instant().getEpochSecond() + ".csv",
          "id,sold_at,amount\n" + String.join("\n", rows) + "\n");
    }
    return tarn.run("run");
  }

  private void runs(String... rows) {
    Answer answer = run(rows);
    assertThat(answer.status()).as(answer.err()).isZero();
  }

  private List<String> sales() {
    return tarn.rows("SELECT id, amount FROM silver.sales ORDER BY id");
  }

  private String last(String column) {
    return tarn.rows(
            "SELECT "
                + column
                + " FROM system.steps WHERE \"table\" = 'silver.sales' ORDER BY started_at DESC LIMIT 1")
        .getFirst();
  }

  @Test
  void what_is_new_enough_is_computed_again_and_what_is_older_stays_as_it_is() {
    tarn.file(
        "data/late.csv",
        "id,sold_at,amount\n1,2026-04-03 10:00:00,7\n2,2026-04-08 09:00:00,7\n4,2026-04-08 00:00:00,7\n5,2026-04-07 23:59:59,7\n");

    assertThat(tarn.run("plan").out())
        .contains("lookback: from 2d before the newest sold_at, whole days");
    runs();

    assertThat(sales()).containsExactly("1,1", "2,7", "3,1", "4,7");
    assertThat(last("refresh")).isEqualTo("lookback");
    assertThat(last("reason"))
        .contains("bronze.sales changed", "from 2026-04-08 00:00:00 on", "+2 -1 rows");
    runs();
    assertThat(last("reason")).contains("nothing new");
  }

  @Test
  void after_a_time_without_runs_nothing_in_between_is_missed() {
    clock.advance(Duration.ofDays(60));
    runs("4,2026-04-20 10:00:00,1", "5,2026-06-20 10:00:00,1");
    assertThat(sales()).hasSize(5);

    runs("6,2026-04-20 11:00:00,1", "7,2026-06-19 10:00:00,1");
    assertThat(sales()).contains("7,1").hasSize(6);
  }

  @Test
  void a_row_of_times_to_come_does_not_close_the_books() {
    runs("4,2099-01-01 00:00:00,1");
    runs("5,2026-04-09 10:00:00,1", "4,2026-04-10 00:00:00,2", "6,,3");

    assertThat(sales()).containsExactly("1,1", "2,1", "3,1", "4,2", "5,1", "6,3");
    runs("6,,4");
    assertThat(sales()).contains("6,4").hasSize(6);
  }

  @Test
  void a_full_run_and_another_meaning_take_all() {
    runs("1,2026-04-03 10:00:00,7");
    assertThat(sales()).contains("1,1");
    assertThat(tarn.run("run", "--full").status()).isZero();
    assertThat(sales()).contains("1,7");

    runs("1,2026-04-03 10:00:00,8");
    model(SALES.replace("MORE", "").replace("amount FROM", "amount + 0 AS amount FROM"));
    assertThat(tarn.run("plan").out()).contains("full: the model changed");
    runs();
    assertThat(sales()).contains("1,8");

    runs("1,2026-04-03 10:00:00,9");
    model(
        SALES
            .replace("MORE", "")
            .replace("lookback: 2d\n", "")
            .replace("amount FROM", "amount + 0 AS amount FROM"));
    runs();
    assertThat(sales()).contains("1,9");
  }

  @Test
  void rows_come_into_quarantine_and_out_of_it_within_the_bound() {
    model(
        SALES.replace("MORE", "checks:\n  - {range: {amount: {max: 90}}, on_fail: quarantine}\n"));
    runs("4,2026-04-09 10:00:00,99", "5,2026-04-09 10:00:00,5");
    assertThat(tarn.rows("SELECT id FROM silver.sales__quarantine")).containsExactly("4");

    runs("4,2026-04-09 10:00:00,4", "5,2026-04-09 10:00:00,95", "1,2026-04-03 10:00:00,99");

    assertThat(last("refresh")).isEqualTo("lookback");
    assertThat(sales()).containsExactly("1,1", "2,1", "3,1", "4,4");
    assertThat(tarn.rows("SELECT id FROM silver.sales__quarantine")).containsExactly("5");
  }

  @Test
  void groups_by_month_are_computed_whole_from_the_bound_on() {
    tarn.file(
        "models/gold/months.sql",
        "/*\ntime: month\nlookback: 1d\n*/\nSELECT date_trunc('month', sold_at)::DATE AS month, sum(amount) AS amount FROM bronze.sales GROUP BY ALL");
    runs("4,2026-03-01 00:00:00,5");
    runs("5,2026-03-02 00:00:00,5", "6,2026-04-01 00:00:00,5");

    assertThat(tarn.rows("FROM gold.months ORDER BY ALL"))
        .containsExactly("2026-03-01,5", "2026-04-01,8");
  }

  @Test
  void an_older_partition_is_made_again_when_that_is_asked_for() {
    runs("1,2026-04-03 10:00:00,7");
    assertThat(sales()).contains("1,1");

    Answer backfill =
        tarn.run("backfill", "silver.sales", "--from", "2026-04-03", "--to", "2026-04-03", "--all");
    assertThat(backfill.status()).as(backfill.err()).isZero();
    assertThat(sales()).contains("1,7");
    runs("2,2026-04-08 10:00:00,9", "1,2026-04-03 10:00:00,8");

    assertThat(last("refresh")).isEqualTo("lookback");
    assertThat(sales()).contains("1,7", "2,9");
  }

  @Test
  void what_is_wrong_with_a_bound_is_told_at_its_place() {
    model("/*\nlookback: soon\nmaterialize: view\n*/\nSELECT id FROM bronze.sales");
    assertThat(tarn.run("check").err())
        .contains("sales.sql:2:11", "'lookback' must be a time")
        .contains("sales.sql:2:1", "lookback needs to know how old a row is")
        .contains("a view holds no rows to leave as they are");

    model("/*\nlookback: 3d\ntime: id\nrefresh: full\n*/\nSELECT id FROM bronze.sales");
    assertThat(tarn.run("check").err())
        .contains("sales.sql:3:7", "lookback needs a time, and 'id' is BIGINT")
        .contains("sales.sql:4:1", "lookback says how the model is refreshed");

    model("/*\ntime: id\n*/\nSELECT id FROM bronze.sales");
    assertThat(tarn.run("check").err()).contains("'time' says what lookback counts by");

    model("/*\nlookback: 3d\npartition: day(at)\n*/\nSELECT id FROM bronze.sales");
    assertThat(tarn.run("check").err()).contains("lookback names 'at'");
  }

  @Test
  void a_model_that_leaves_rows_as_they_are_is_not_proven_to_be_a_recompute() {
    assertThat(tarn.run("check", "--prove", "silver.sales").err())
        .contains("silver.sales has a lookback");
  }

  @Test
  void what_comes_no_later_than_that_makes_what_a_recompute_makes() {
    Random random = new Random(5);
    tarn.file(
        "models/gold/days.sql",
        "/*\ntime: day\nlookback: 2d\n*/\nSELECT sold_at::DATE AS day, count(*) AS n, sum(amount) AS amount FROM silver.sales GROUP BY ALL");
    runs();
    LocalDateTime newest = LocalDateTime.of(2026, 4, 10, 10, 0);
    for (int round = 0; round < 7; round++) {
      List<String> rows = new ArrayList<>();
      LocalDateTime before = newest;
      for (int i = random.nextInt(12); i >= 0; i--) {
        LocalDateTime at = before.toLocalDate().atStartOfDay().plusHours(random.nextInt(100) - 48);
        newest = at.isAfter(newest) ? at : newest;
        rows.add(rows.size() + 10 * round + 10 + "," + at + "," + random.nextInt(9));
      }
      runs(rows.toArray(String[]::new));
      assertThat(last("refresh")).isEqualTo("lookback");
    }
    List<String> sales = sales();
    List<String> days = tarn.rows("FROM gold.days ORDER BY ALL");

    assertThat(tarn.run("run", "--full").status()).isZero();

    assertThat(sales()).isEqualTo(sales).hasSizeGreaterThan(30);
    assertThat(tarn.rows("FROM gold.days ORDER BY ALL")).isEqualTo(days);
  }
}
