package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables are kept small and quick through the command line.
class MaintainTest {
  private static final String ALL =
      "SELECT id, status, _source, _position FROM bronze.orders ORDER BY id";

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_source_whose_files_came_one_by_one() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\nmaintain: {grace: 0s}\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file(
                "models/silver/orders.sql",
                "/*\ntags: [money]\n*/ SELECT id::BIGINT AS id, status FROM bronze.orders")
            .file("models/gold/sums.sql", "SELECT count(*) AS orders FROM silver.orders");
    for (int i = 1; i <= 8; i++) {
      tarn.file("data/" + i + ".csv", "id,status\n" + i + ",placed\n" + (i + 100) + ",lost\n");
      assertThat(tarn.run("run").status()).isZero();
    }
  }

  @Test
  void small_files_are_merged_old_versions_go_and_nothing_needs_a_refresh() throws IOException {
    tarn.file("tarn.yml", "name: small\nmaintain: {keep_snapshots: 2, grace: 0s}\n");
    List<String> rows = tarn.rows(ALL);
    long before = files();

    Answer dry = tarn.run("maintain", "--dry-run");
    assertThat(dry.out()).contains("bronze.orders", "8, of which 8 are small", "to remove");
    assertThat(files()).isEqualTo(before);
    Answer answer = tarn.run("maintain");

    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out()).contains("bronze.orders", "8 → 1", "removed in");
    assertThat(files()).isLessThan(before - 20);
    assertThat(tarn.rows(ALL)).isEqualTo(rows).hasSize(16);
    assertThat(tarn.run("run").out()).contains("nothing to do");
    assertThat(tarn.run("scrub").status()).isZero();
    assertThat(tarn.rows("SELECT state FROM system.runs WHERE command = 'maintain'"))
        .containsExactly("succeeded");
    assertThat(tarn.run("diff", "bronze.orders").out()).contains("0 added, 0 removed");

    Answer again = tarn.run("maintain");
    assertThat(again.out()).as(dry.out() + answer.out()).contains("nothing to do");
  }

  @Test
  void only_what_is_selected_is_touched() {
    Answer answer = tarn.run("maintain", "tag:money", "--json");

    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out())
        .contains("\"table\":\"silver.orders\"")
        .doesNotContain("bronze.orders");
    Answer wrong = tarn.run("maintain", "silver.ordres");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("did you mean 'silver.orders'?");
  }

  @Test
  void tagged_versions_stay_and_expired_ones_are_told_of_clearly() {
    String first =
        tarn.run("history", "silver.orders").out().lines().toList().getLast().split(" ")[0];
    String third =
        tarn.run("history", "silver.orders").out().lines().skip(2).findFirst().orElseThrow();
    assertThat(tarn.run("history", "silver.orders", "--tag", "kept", "--snapshot", first).status())
        .isZero();
    assertThat(tarn.run("run").out()).contains("nothing to do");
    tarn.file("tarn.yml", "name: small\nmaintain: {keep_snapshots: 1, grace: 0s}\n");

    assertThat(tarn.run("maintain").status()).isZero();

    assertThat(tarn.run("query", "SELECT count(*) FROM silver.orders", "--as-of", "kept").status())
        .isZero();
    Answer gone = tarn.run("query", "FROM silver.orders", "--as-of", third.split(" ")[0]);
    assertThat(gone.status()).isEqualTo(2);
    assertThat(gone.err()).contains("silver.orders has no snapshot");
  }

  @Test
  void old_copies_of_source_files_go_when_it_is_asked_for() throws IOException {
    long copies = raw();
    tarn.run("maintain");
    assertThat(raw()).isEqualTo(copies).isEqualTo(8);
    tarn.file("tarn.yml", "name: small\nmaintain: {raw_keep_for: 0s}\n");

    Answer answer = tarn.run("maintain");

    assertThat(answer.out()).contains("copies of source files removed: 8 files");
    assertThat(raw()).isZero();
    assertThat(tarn.run("run").out()).contains("nothing to do");
    assertThat(tarn.run("run", "--full").status()).isZero();
  }

  @Test
  void wrong_settings_are_told_all_at_once() {
    tarn.file(
        "tarn.yml",
        "name: small\nmaintain: {keep_snapshot: 3, keep_for: soon, orphans_older_than: 1d}\n");

    Answer answer = tarn.run("maintain");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err())
        .contains("unknown key 'keep_snapshot'", "did you mean 'keep_snapshots'?")
        .contains("'keep_for' must be a time such as 30s, 15m, 24h or 7d, not 'soon'");
  }

  private long raw() throws IOException {
    try (var all = Files.walk(folder.resolve(".tarn/lake/raw"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private long files() throws IOException {
    try (var all = Files.walk(folder.resolve(".tarn/lake"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
