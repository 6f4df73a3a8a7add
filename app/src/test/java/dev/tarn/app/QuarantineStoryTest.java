package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows in quarantine are explained, and come back once they pass.
class QuarantineStoryTest {
  private static final String MODEL =
      """
      /*
      key: id
      checks:
        - {accepted: {status: [%s]}, on_fail: quarantine}
        - {range: {amount: {min: 0}}, on_fail: quarantine}
      %s*/
      SELECT id::BIGINT AS id, status, amount::BIGINT AS amount FROM bronze.orders
      """;
  private static final String ALL =
      """
      SELECT 'good', id, status FROM silver.orders
      UNION ALL SELECT 'quarantined', id, status FROM silver.orders__quarantine ORDER BY ALL\
      """;

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void some_rows_fail() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file(
                "data/1.csv",
                "id,status,amount\n1,placed,10\n2,lost,20\n3,lost,-1\n4,gone,5\n5,placed,-7\n")
            .file("models/gold/sums.sql", "SELECT sum(amount)::BIGINT AS total FROM silver.orders");
    model("placed", "");
    well("run");
  }

  private void model(String accepted, String more) {
    tarn.file("models/silver/orders.sql", MODEL.formatted(accepted, more));
  }

  private Answer well(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private List<String> runs() {
    return tarn.rows("SELECT run FROM system.runs");
  }

  @Test
  void it_tells_which_checks_failed_with_samples() {
    Answer told = well("quarantine", "silver.orders");

    assertThat(told.out())
        .contains("4 rows of silver.orders are in quarantine; 1 passed")
        .contains("accepted_status", "range_amount", "lost", "-7");
    assertThat(well("quarantine", "silver.orders__quarantine", "--json").out())
        .contains("\"quarantined\":4", "\"name\":\"accepted_status\"", "\"rows\":3");
    assertThat(well("quarantine", "gold.sums").out()).contains("no row of gold.sums");
  }

  @Test
  void rows_that_pass_a_mended_check_come_back_and_the_sums_below_are_told() {
    model("placed, lost", "");

    Answer done = well("quarantine", "silver.orders", "--readmit");

    assertThat(tarn.rows(ALL))
        .containsExactly(
            "good,1,placed",
            "good,2,lost",
            "quarantined,3,lost",
            "quarantined,4,gone",
            "quarantined,5,placed");
    assertThat(tarn.rows("SELECT id, _failed_checks FROM silver.orders__quarantine ORDER BY 1"))
        .containsExactly(
            "3,\"[\"\"range_amount\"\"]\"",
            "4,\"[\"\"accepted_status\"\"]\"",
            "5,\"[\"\"range_amount\"\"]\"");
    assertThat(done.out())
        .contains("of 4 quarantined rows 3 are quarantined now", "has 1 rows more")
        .contains("gold.sums", "total 10 → 30");
    assertThat(
            tarn.rows("SELECT operation FROM system.snapshots WHERE \"table\" = 'silver.orders'"))
        .hasSize(2)
        .contains("append");
    assertThat(well("plan").out()).contains("nothing to do");
  }

  @Test
  void it_comes_to_what_making_the_table_anew_comes_to() {
    model("lost, gone", "");
    well("quarantine", "silver.orders", "--readmit");
    List<String> readmitted = tarn.rows(ALL);
    List<String> total = tarn.rows("FROM gold.sums");

    well("run", "--full");

    assertThat(tarn.rows(ALL)).isEqualTo(readmitted);
    assertThat(tarn.rows("FROM gold.sums")).isEqualTo(total);
    assertThat(readmitted).contains("quarantined,1,placed", "good,2,lost");
  }

  @Test
  void without_the_checks_all_rows_come_back() {
    tarn.file(
        "models/silver/orders.sql",
        "/*\nkey: id\n*/\nSELECT id::BIGINT AS id, status, amount::BIGINT AS amount FROM bronze.orders");

    well("quarantine", "silver.orders", "--readmit");

    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("5");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders__quarantine")).containsExactly("0");
    int runs = runs().size();
    assertThat(well("quarantine", "silver.orders", "--readmit").out()).contains("no row of");
    assertThat(runs()).hasSize(runs);
  }

  @Test
  void checks_that_compare_rows_judge_table_and_quarantine_together() {
    model("placed, lost, gone", "  - {unique: status, on_fail: quarantine}\n");

    well("quarantine", "silver.orders", "--readmit");

    assertThat(tarn.rows(ALL))
        .containsExactly(
            "good,4,gone",
            "quarantined,1,placed",
            "quarantined,2,lost",
            "quarantined,3,lost",
            "quarantined,5,placed");
  }

  @Test
  void data_that_a_check_reads_was_mended() {
    tarn.file("sources/states.yml", "from: files\npath: states/*.csv\n");
    tarn.file("states/1.csv", "status\nplaced\n");
    tarn.file(
        "models/silver/orders.sql",
        """
        /*
        checks:
          - {references: {status: bronze.states.status}, on_fail: quarantine}
        */
        SELECT id::BIGINT AS id, status, amount::BIGINT AS amount FROM bronze.orders
        """);
    well("run");
    tarn.file("states/2.csv", "status\nlost\n");
    well("run", "bronze");

    Answer done = well("quarantine", "silver.orders", "--readmit");

    assertThat(done.out()).contains("of 3 quarantined rows 1 are quarantined now");
    assertThat(done.out()).contains("the quarantined rows were judged again");
    assertThat(well("plan").out()).contains("nothing to do");
  }

  @Test
  void a_changed_query_makes_the_table_anew_and_says_so() {
    tarn.file(
        "models/silver/orders.sql",
        MODEL.formatted("placed, lost", "").replace("amount::BIGINT", "abs(amount::BIGINT)"));

    Answer done = well("quarantine", "silver.orders", "--readmit");

    assertThat(done.out()).contains("the model changed");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("4");
    assertThat(well("plan").out()).contains("nothing to do");
  }

  @Test
  void a_check_that_blocks_keeps_everything_as_it_was() {
    model("placed, lost", "  - row_count: {max: 1}\n");
    List<String> before = tarn.rows(ALL);

    Answer answer = tarn.run("quarantine", "silver.orders", "--readmit");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.out()).contains("nothing was published", "at most 1 row");
    assertThat(tarn.rows(ALL)).isEqualTo(before);
  }

  @Test
  void what_has_no_quarantine_is_refused() {
    assertThat(tarn.run("quarantine", "silver.nope").status()).isEqualTo(2);
    Answer source = tarn.run("quarantine", "bronze.orders", "--readmit");
    assertThat(source.status()).isEqualTo(2);
    assertThat(source.err()).contains("no model makes bronze.orders", "tarn replay bronze.orders");
  }
}
