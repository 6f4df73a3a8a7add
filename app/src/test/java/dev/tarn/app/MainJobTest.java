package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_small_shop() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: shop\n")
            .file("sources/orders.yml", "from: files\npath: data/orders*.csv\n")
            .file(
                "data/orders1.csv",
                "order_id,amount,status\n007,10.50,placed\n8,20,shipped\n8,21,shipped\n")
            .file(
                "models/silver/orders.sql",
                """
                /*
                description: One row per order.
                key: order_id
                checks:
                  - unique: order_id
                  - not_null: [order_id, amount]
                  - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
                */
                SELECT order_id::BIGINT AS order_id, amount::DECIMAL(12,2) AS amount, status
                FROM bronze.orders
                QUALIFY row_number() OVER (PARTITION BY order_id::BIGINT ORDER BY _source DESC, _position DESC) = 1
                """)
            .file(
                "models/gold/totals.sql",
                "SELECT status, sum(amount) AS total FROM silver.orders GROUP BY ALL");
  }

  @Test
  void files_become_checked_published_tables() {
    Answer run = tarn.run("run");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(tarn.rows("SELECT order_id, _position FROM bronze.orders ORDER BY 2"))
        .containsExactly("007,1", "8,2", "8,3");
    assertThat(tarn.rows("FROM silver.orders ORDER BY 1"))
        .containsExactly("7,10.50,placed", "8,21.00,shipped");
    assertThat(tarn.rows("FROM gold.totals ORDER BY 1"))
        .containsExactly("placed,10.50", "shipped,21.00");
    assertThat(tarn.rows("SELECT state, count(*) FROM system.steps GROUP BY ALL"))
        .containsExactly("succeeded,3");
    assertThat(tarn.rows("SELECT bool_and(passed), count(*) FROM system.checks"))
        .containsExactly("true,3");
  }

  @Test
  void a_second_run_has_nothing_to_do() {
    tarn.run("run");

    Answer again = tarn.run("run");

    assertThat(again.out()).contains("nothing to do: all 3 tables are up to date");
    assertThat(tarn.rows("SELECT count(*) FROM system.runs WHERE state = 'succeeded'"))
        .containsExactly("2");
    assertThat(tarn.run("plan").out()).contains("nothing to do");
  }

  @Test
  void only_what_depends_on_a_change_is_refreshed() {
    tarn.file("models/gold/other.sql", "SELECT 1 AS one").run("run");

    tarn.file("data/orders2.csv", "order_id,amount,status\n9,5,placed\n");
    Answer plan = tarn.run("plan");
    tarn.run("run");

    assertThat(plan.out())
        .contains("bronze.orders")
        .contains("gold.totals")
        .doesNotContain("gold.other");
    assertThat(tarn.rows("FROM gold.totals ORDER BY 1"))
        .containsExactly("placed,15.50", "shipped,21.00");
    assertThat(tarn.rows("SELECT count(*) FROM system.snapshots WHERE \"table\" = 'gold.other'"))
        .containsExactly("1");
  }

  @Test
  void nothing_is_published_when_a_check_blocks() {
    tarn.run("run");
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,,placed\n");

    Answer run = tarn.run("run");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("amount");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("4");
    assertThat(tarn.rows("FROM gold.totals ORDER BY 1"))
        .containsExactly("placed,10.50", "shipped,21.00");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("2");
    assertThat(tarn.run("status").out()).contains("failing");
  }

  @Test
  void a_blocked_run_stays_blocked_until_it_is_mended() {
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,,placed\n");

    assertThat(tarn.run("run").status()).isEqualTo(1);
    assertThat(tarn.run("run").status()).isEqualTo(1);
    tarn.file("data/orders3.csv", "order_id,amount,status\n9,1,placed\n");
    assertThat(tarn.run("run").status()).isZero();
  }

  @Test
  void quarantined_rows_are_set_aside_with_the_reason() {
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,5,lost\n");

    Answer run = tarn.run("run");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("SELECT order_id FROM silver.orders ORDER BY 1"))
        .containsExactly("7", "8");
    assertThat(
            tarn.rows(
                "SELECT order_id, status, len(_failed_checks) FROM silver.orders__quarantine"))
        .containsExactly("9,lost,1");
  }

  @Test
  void rows_go_to_quarantine_while_their_table_is_written_and_block_checks_judge_the_rest()
      throws IOException {
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,-5,lost\n10,-6,placed\n")
        .file(
            "models/silver/lines.sql",
            """
            /*
            partition: truncate(2, status)
            checks:
              - {references: {order_id: silver.orders.order_id}, on_fail: quarantine, name: orphan}
              - {sql: "SELECT * FROM this WHERE money.amount < 0", on_fail: quarantine, name: negative}
              - {range: {amount: {min: 0}}, name: never_negative}
              - unique: order_id
            */
            SELECT order_id::BIGINT AS order_id, status, amount::INTEGER AS amount,
              {'amount': amount::INTEGER, 'notes': [status]} AS money
            FROM bronze.orders
            QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY _position DESC) = 1
            """);

    Answer run = tarn.run("run");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("SELECT order_id FROM silver.lines ORDER BY 1")).containsExactly("7", "8");
    assertThat(
            tarn.rows(
                "SELECT order_id, money.notes[1], _failed_checks FROM silver.lines__quarantine ORDER BY 1"))
        .containsExactly(
            "9,lost,\"[\"\"orphan\"\",\"\"negative\"\"]\"", "10,placed,\"[\"\"negative\"\"]\"");
    assertThat(
            tarn.rows(
                "SELECT name, rows, failures FROM system.checks WHERE \"table\" = 'silver.lines' ORDER BY 1"))
        .containsExactly("negative,4,2", "never_negative,2,0", "orphan,4,1", "unique_order_id,2,0");
    try (Stream<Path> files = Files.walk(folder.resolve(".tarn"))) {
      assertThat(files.filter(path -> path.toString().contains("-aside-"))).isEmpty();
    }
  }

  @Test
  void a_run_that_quarantines_and_blocks_publishes_neither_part() {
    tarn.run("run");
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,5,lost\n10,,placed\n");

    Answer run = tarn.run("run");

    assertThat(run.status()).isEqualTo(1);
    assertThat(tarn.rows("SELECT order_id FROM silver.orders ORDER BY 1"))
        .containsExactly("7", "8");
    assertThat(tarn.rows("FROM silver.orders__quarantine")).isEmpty();
  }

  @Test
  void a_quarantine_check_that_cannot_be_computed_says_so() {
    tarn.file(
        "models/silver/orders.sql",
        """
        /*
        checks:
          - {sql: "SELECT * FROM this WHERE status::INTEGER < 0", on_fail: quarantine}
        */
        SELECT order_id::BIGINT AS order_id, amount::DECIMAL(12,2) AS amount, status
        FROM bronze.orders
        """);

    Answer run = tarn.run("run");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("silver.orders", "Could not convert string 'placed'");
  }

  @Test
  void a_model_that_fails_stops_only_what_is_below_it_and_nothing_is_published() {
    tarn.file("models/silver/broken.sql", "SELECT status::INTEGER AS n FROM bronze.orders")
        .file("models/gold/below.sql", "SELECT sum(n) AS n FROM silver.broken");

    Answer run = tarn.run("run", "--json");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("models/silver/broken.sql");
    assertThat(tarn.rows("SELECT \"table\", state FROM system.steps ORDER BY 1"))
        .containsExactly(
            "bronze.orders,succeeded",
            "gold.below,skipped",
            "gold.totals,succeeded",
            "silver.broken,failed",
            "silver.orders,succeeded");
    assertThat(tarn.rows("SELECT count(*) FROM system.tables WHERE layer <> 'bronze'"))
        .containsExactly("0");
  }

  @Test
  void a_view_keeps_no_rows_and_is_always_current() {
    tarn.file(
            "models/gold/seen.sql",
            "/* materialize: view */ SELECT count(*) AS n FROM silver.orders")
        .run("run");
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,5,placed\n")
        .run("run", "+silver.orders");

    assertThat(tarn.rows("FROM gold.seen")).containsExactly("3");
    assertThat(tarn.rows("SELECT kind FROM system.tables WHERE name = 'seen'"))
        .containsExactly("view");
  }

  @Test
  void check_finds_every_problem_at_once_with_its_place() {
    tarn.file("models/silver/a.sql", "SELECT order_idd FROM bronze.orders")
        .file("models/silver/b.sql", "SELECT *\nFROM bronze.ordrs")
        .file("models/silver/c.sql", "/*\nkye: x\nchecks:\n  - unique: nope\n*/\nSELECT 1 AS x")
        .file("models/silver/d.sql", "SELECT FROM WHERE")
        .file("models/silver/e.sql", "SELECT * FROM silver.f")
        .file("models/silver/f.sql", "SELECT * FROM silver.e")
        .file("models/silver/g.sql", "SELECT * FROM read_csv('/etc/passwd')");

    Answer check = tarn.run("check");

    assertThat(check.status()).isEqualTo(2);
    assertThat(check.err())
        .contains(
            "models/silver/a.sql:1:8", "models/silver/b.sql:2:6", "did you mean 'bronze.orders'?")
        .contains(
            "models/silver/c.sql:2:1",
            "models/silver/c.sql:4:",
            "models/silver/d.sql:1:",
            "circle",
            "models/silver/g.sql:1:15");
    assertThat(folder.resolve(".tarn/lake/silver")).doesNotExist();
  }

  @Test
  void the_past_can_be_asked() {
    tarn.run("run");
    String snapshot =
        tarn.rows("SELECT snapshot FROM system.snapshots WHERE \"table\" = 'gold.totals'")
            .getFirst();
    tarn.run("history", "gold.totals", "--tag", "first");
    tarn.file("data/orders2.csv", "order_id,amount,status\n9,5,placed\n").run("run");

    assertThat(
            tarn.run(
                    "query",
                    "SELECT sum(total) AS t FROM gold.totals",
                    "--as-of",
                    snapshot,
                    "--format",
                    "csv")
                .out())
        .isEqualTo("t\n31.50\n");
    assertThat(
            tarn.run(
                    "query",
                    "SELECT sum(total) AS t FROM gold.totals",
                    "--as-of",
                    "first",
                    "--format",
                    "csv")
                .out())
        .isEqualTo("t\n31.50\n");
    assertThat(tarn.rows("SELECT sum(total) FROM gold.totals")).containsExactly("36.50");
  }

  @Test
  void a_comment_is_no_change_and_a_changed_query_is() {
    tarn.run("run");

    tarn.file(
        "models/gold/totals.sql",
        "-- a comment\nselect status, SUM(amount) as total from silver.orders group by all");
    assertThat(tarn.run("plan").out()).contains("nothing to do");
    tarn.file(
        "models/gold/totals.sql",
        "SELECT status, max(amount) AS total FROM silver.orders GROUP BY ALL");
    assertThat(tarn.run("plan").out()).contains("the model changed");
  }

  @Test
  void a_flipped_bit_is_an_error_that_names_the_file() throws Exception {
    tarn.run("run");
    Path file =
        Path.of(
            tarn.rows("SELECT path FROM system.files WHERE \"table\" = 'gold.totals'").getFirst());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);

    Answer query = tarn.run("query", "FROM gold.totals");
    Answer scrub = tarn.run("scrub");

    assertThat(query.status()).isEqualTo(1);
    assertThat(query.err()).contains(file.getFileName().toString());
    assertThat(scrub.status()).isEqualTo(1);
    assertThat(scrub.out()).contains(file.getFileName().toString()).contains("gold.totals");
  }

  @Test
  void rows_kept_aside_can_be_asked_for_before_there_are_any() {
    tarn.run("run");

    assertThat(tarn.rows("FROM bronze.orders__rejected")).isEmpty();
    assertThat(tarn.rows("SELECT order_id, _failed_checks FROM silver.orders__quarantine"))
        .isEmpty();
  }

  @Test
  void a_field_inside_a_struct_that_came_later_reads_as_null_in_older_rows() {
    tarn.file("sources/clicks.yml", "from: files\npath: data/clicks*.ndjson\n")
        .file("data/clicks1.ndjson", "{\"id\":1,\"page\":{\"path\":\"/\"}}\n")
        .run("run", "bronze.clicks");
    tarn.file("data/clicks2.ndjson", "{\"id\":2,\"page\":{\"path\":\"/a\",\"campaign\":\"x\"}}\n")
        .run("run", "bronze.clicks");

    assertThat(tarn.rows("SELECT id, page.campaign FROM bronze.clicks ORDER BY id"))
        .containsExactly("1,", "2,x");
  }
}
