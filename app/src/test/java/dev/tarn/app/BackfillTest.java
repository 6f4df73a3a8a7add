package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Partitions that are missing or failed are made, some at a time.
class BackfillTest {
  private static final String MODEL =
      """
      /*
      partition: month(day)
      checks:
        - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
        - range: {amount: {max: %s}}
      */
      SELECT id::BIGINT AS id, day::DATE AS day, status, amount::BIGINT * %s AS amount FROM bronze.orders
      """;
  private static final String ALL =
      """
      SELECT id, day, status, amount FROM silver.orders
      UNION ALL SELECT id, day, status || '?', amount FROM silver.orders__quarantine ORDER BY ALL\
      """;
  private static final String FILES =
      "SELECT path FROM system.files WHERE \"table\" = 'silver.orders' ORDER BY ALL";

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void four_months() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file(
                "data/1.csv",
                """
                id,day,status,amount
                1,2026-01-05,placed,10
                2,2026-01-06,lost,20
                3,2026-02-07,placed,30
                4,2026-03-08,placed,40
                5,2026-04-09,lost,50
                6,2026-04-10,shipped,60
                """)
            .file("models/gold/sums.sql", "SELECT sum(amount)::BIGINT AS n FROM silver.orders");
    model(1000, 1);
  }

  private void model(int most, int factor) {
    tarn.file("models/silver/orders.sql", MODEL.formatted(most, factor));
  }

  private Answer well(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private String wrong(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(2);
    return answer.err();
  }

  private long runs() {
    return tarn.rows("SELECT run FROM system.runs").size();
  }

  @Test
  void after_a_run_nothing_is_missing() {
    well("run");
    long runs = runs();

    assertThat(well("backfill", "silver.orders").out()).contains("nothing to do");
    assertThat(runs()).isEqualTo(runs);
  }

  @Test
  void a_changed_model_is_made_month_by_month_and_a_run_then_leaves_it_alone() {
    well("run");
    model(1000, 2);

    Answer dry = well("backfill", "silver.orders", "--dry-run");
    Answer first = well("backfill", "silver.orders", "--to", "2026-02", "--at-once", "1");

    assertThat(dry.out()).contains("4 partitions, of which 4 are missing or failed", "2026-03");
    assertThat(first.out()).contains("made 2 partitions");
    assertThat(tarn.rows(ALL))
        .containsExactly(
            "1,2026-01-05,placed,20",
            "2,2026-01-06,lost?,40",
            "3,2026-02-07,placed,60",
            "4,2026-03-08,placed,40",
            "5,2026-04-09,lost?,50",
            "6,2026-04-10,shipped,60");
    assertThat(well("plan").out()).contains("silver.orders  refresh  the model changed");
    Answer rest = well("backfill", "silver.orders");
    assertThat(rest.out()).contains("made 2 partitions", "the table is as its model makes it");
    assertThat(well("plan").out()).doesNotContain("silver.orders  refresh");
    List<String> backfilled = tarn.rows(ALL);
    well("run", "--full");
    assertThat(tarn.rows(ALL)).isEqualTo(backfilled);
  }

  @Test
  void rows_of_other_months_stay_in_their_files() {
    well("run");
    List<String> before = tarn.rows(FILES);

    well("backfill", "silver.orders", "--from", "2026-03", "--to", "2026-03", "--all");

    assertThat(tarn.rows(FILES).stream().filter(before::contains).count())
        .isGreaterThanOrEqualTo(before.size() - 1);
    assertThat(well("plan").out()).doesNotContain("silver.orders  refresh");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("4");
    well("scrub");
  }

  @Test
  void a_table_that_was_never_made_begins_with_some_months() {
    well("run", "bronze");

    well("backfill", "silver.orders", "--from", "2026-03");

    assertThat(tarn.rows("SELECT id FROM silver.orders ORDER BY 1")).containsExactly("4", "6");
    assertThat(well("plan").out()).contains("only some of its partitions were made");
    assertThat(well("backfill", "silver.orders").out())
        .contains("made 2 partitions", "as its model");
    assertThat(well("plan").out()).doesNotContain("silver.orders  refresh");
    assertThat(tarn.rows(ALL)).hasSize(6);
  }

  @Test
  void what_fails_keeps_no_other_month_out_and_is_tried_again() {
    well("run", "bronze");
    model(35, 1);

    Answer tried = tarn.run("backfill", "silver.orders", "--at-once", "4");

    assertThat(tried.status()).isEqualTo(1);
    assertThat(tried.out()).contains("made 2 partitions; 2 are missing or failed", "2026-03");
    assertThat(tarn.rows("SELECT id FROM silver.orders ORDER BY 1")).containsExactly("1", "3");
    assertThat(well("backfill", "silver.orders", "--dry-run").out())
        .contains("2026-04", "failed", "check failed");
    model(1000, 1);
    assertThat(well("backfill", "silver.orders").out()).contains("made 4 partitions");
    assertThat(tarn.rows(ALL)).hasSize(6);
  }

  @Test
  void months_that_the_model_no_longer_gives_go() {
    well("run");
    tarn.file(
        "models/silver/orders.sql",
        MODEL.formatted(1000, 1).strip() + " WHERE day <> '2026-02-07'\n");

    well("backfill", "silver.orders");

    assertThat(tarn.rows("SELECT count(*) FROM silver.orders WHERE id = 3")).containsExactly("0");
    assertThat(well("plan").out()).doesNotContain("silver.orders  refresh");
  }

  @Test
  void new_rows_that_came_meanwhile_are_not_forgotten() {
    well("run");
    model(1000, 2);
    well("backfill", "silver.orders", "--to", "2026-02");
    tarn.file("data/2.csv", "id,day,status,amount\n7,2026-01-20,placed,70\n");
    well("run", "bronze");

    well("backfill", "silver.orders");

    assertThat(well("plan").out()).contains("silver.orders  refresh");
    well("run");
    assertThat(tarn.rows("SELECT amount FROM silver.orders WHERE id = 7")).containsExactly("140");
  }

  @Test
  void two_at_once_make_each_month_once() throws Exception {
    well("run");
    model(1000, 2);
    try (var both = Executors.newFixedThreadPool(2)) {
      var one = both.submit(() -> tarn.run("backfill", "silver.orders", "--at-once", "1"));
      var other = both.submit(() -> tarn.run("backfill", "silver.orders", "--at-once", "1"));

      assertThat(one.get().status() + other.get().status())
          .as(one.get().err() + other.get().err())
          .isZero();
    }
    assertThat(tarn.rows(ALL)).hasSize(6);
    assertThat(tarn.rows("SELECT sum(amount) FROM silver.orders")).containsExactly("280");
    assertThat(well("plan").out()).doesNotContain("silver.orders  refresh");
  }

  @Test
  void what_is_typed_wrong_is_told_all_at_once() {
    well("run");

    assertThat(
            wrong(
                "backfill",
                "silver.ordres",
                "bronze.orders",
                "--from",
                "2026-03",
                "--to",
                "2026-01",
                "--at-once",
                "0"))
        .contains("no model makes silver.ordres", "did you mean 'silver.orders'")
        .contains("bronze.orders is read from files", "--from 2026-03 is after --to", "--at-once");
    assertThat(wrong("backfill", "gold.sums")).contains("gold.sums has no partitions");
  }
}
