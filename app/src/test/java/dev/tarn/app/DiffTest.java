package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions of a table are compared.
class DiffTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void two_versions() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,status\n1,placed\n2,placed\n3,lost\n")
            .file("models/silver/orders.sql", model("id::BIGINT AS id, status"))
            .file("models/silver/seen.sql", "/*\nmaterialize: view\n*/ FROM silver.orders");
    assertThat(tarn.run("run").status()).isZero();
    tarn.file("data/2.csv", "id,status\n2,shipped\n4,placed\n")
        .file("models/silver/orders.sql", model("id::BIGINT AS id, status, 1 AS more"));
    assertThat(tarn.run("run").status()).isZero();
  }

  private static String model(String columns) {
    return "/*\nkey: id\n*/ SELECT "
        + columns
        + " FROM bronze.orders WHERE id <> '3' OR (SELECT count(*) FROM bronze.orders) < 4"
        + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _source DESC) = 1";
  }

  @Test
  void the_last_change_is_shown_by_key_and_column() {
    Answer answer = tarn.run("diff", "silver.orders");

    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.out().lines().skip(1))
        .containsExactly(
            "  column more added: INTEGER",
            "  1 added, 1 removed, 1 changed, 1 unchanged  (by id)",
            "  status: changed in 1",
            "",
            "added",
            "id  status",
            " 4  placed",
            "",
            "removed",
            "id  status",
            " 3  lost",
            "",
            "changed",
            "id  status",
            "2   placed → shipped");
  }

  @Test
  void any_two_versions_can_be_named_in_either_order() {
    List<String> versions =
        tarn.rows(
            "SELECT snapshot FROM system.snapshots WHERE \"table\" = 'bronze.orders' ORDER BY committed_at");
    tarn.run("history", "bronze.orders", "--tag", "second");

    assertThat(tarn.run("diff", "bronze.orders").out())
        .contains("2 added, 0 removed, 3 unchanged", "2.csv");
    assertThat(tarn.run("diff", "bronze.orders", "second", versions.getFirst()).out())
        .contains("0 added, 2 removed, 3 unchanged");
    assertThat(tarn.run("diff", "bronze.orders", versions.getFirst(), "2999-01-01").out())
        .contains("2 added, 0 removed");
    assertThat(tarn.run("diff", "bronze.orders", "--limit", "1").out()).contains("added (1 of 2)");
    assertThat(tarn.run("diff", "bronze.orders", "--json").out())
        .contains("\"added\":2", "\"key\":[]", "\"unchanged\":3");
  }

  @Test
  void what_can_not_be_compared_is_told() {
    assertThat(wrong("diff", "silver.order")).contains("there is no table silver.order", "orders");
    assertThat(wrong("diff", "orders")).contains("is not a table");
    assertThat(wrong("diff", "silver.seen")).contains("silver.seen is a view");
    assertThat(wrong("diff", "silver.orders", "12345678901234"))
        .contains("no snapshot 12345678901234");
    assertThat(wrong("diff", "silver.orders", "nope")).contains("no tag 'nope'");
    assertThat(wrong("diff", "silver.orders", "1999-01-01")).contains("no version of");
    assertThat(wrong("diff", "silver.orders", "a", "b", "c")).contains("TABLE [A [B]]");
    assertThat(wrong("diff", "silver.orders", "--limit", "0")).contains("--limit needs");
    assertThat(wrong("diff")).contains("diff");
  }

  private String wrong(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(2);
    return answer.err();
  }
}
