package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that were landed before are read again with the settings that their source has now.
class ReplayTest {
  private static final String ORDERS =
      """
      SELECT _source, _position, id, amount FROM bronze.orders ORDER BY ALL\
      """;

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void two_runs_read_the_files_as_text() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,amount\n1,10\n2,twenty\n")
            .file(
                "models/silver/orders.sql",
                "SELECT id::BIGINT AS id, TRY_CAST(amount AS BIGINT) AS amount FROM bronze.orders");
    well("run");
    tarn.file("data/2.csv", "id,amount\n3,30\n4,40,too,many\n");
    well("run");
  }

  private Answer well(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private String wrong(String... words) {
    List<String> before = tarn.rows(VERSIONS);
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(2);
    assertThat(tarn.rows(VERSIONS)).isEqualTo(before);
    return answer.err();
  }

  private static final String VERSIONS =
      "SELECT \"table\", snapshot FROM system.tables ORDER BY ALL";

  private void contract() {
    tarn.file(
        "sources/orders.yml",
        "from: files\npath: data/*.csv\ncolumns: {id: bigint, amount: {type: bigint, required: true}}\n");
  }

  @Test
  void a_changed_contract_is_told_and_a_replay_reads_all_files_by_it() {
    assertThat(well("plan").out()).doesNotContain("tarn replay");
    contract();
    assertThat(well("plan").out())
        .contains("2 files were read with other settings", "tarn replay bronze.orders");
    assertThat(well("check").err()).contains("tarn replay bronze.orders");

    Answer replay = well("replay", "orders");

    assertThat(replay.out()).contains("replayed 1 table");
    assertThat(tarn.rows(ORDERS)).containsExactly("data/1.csv,1,1,10", "data/2.csv,1,3,30");
    assertThat(
            tarn.rows(
                "SELECT type FROM system.columns WHERE \"table\" = 'bronze.orders' AND \"column\" = 'amount'"))
        .containsExactly("BIGINT");
    assertThat(tarn.rows("SELECT _source, line FROM bronze.orders__rejected ORDER BY ALL"))
        .containsExactly("data/1.csv,3", "data/2.csv,3");
    assertThat(well("plan").out()).contains("silver.orders").doesNotContain("tarn replay");
    well("run");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("2");
    assertThat(well("replay", "orders").out()).contains("nothing to do");
    well("scrub");
  }

  @Test
  void a_replay_is_the_same_as_landing_all_files_for_the_first_time() {
    contract();
    well("replay", "bronze.orders");
    List<String> replayed = tarn.rows(ORDERS);

    TarnShell fresh = new TarnShell(folder.resolve("fresh"));
    fresh.file("tarn.yml", "name: small\n");
    fresh.file(
        "sources/orders.yml",
        "from: files\npath: data/*.csv\ncolumns: {id: bigint, amount: {type: bigint, required: true}}\n");
    fresh.file("data/1.csv", "id,amount\n1,10\n2,twenty\n");
    fresh.file("data/2.csv", "id,amount\n3,30\n4,40,too,many\n");
    fresh.run("run");

    assertThat(replayed).isEqualTo(fresh.rows(ORDERS));
  }

  @Test
  void rows_keep_the_time_they_first_came_in_and_nothing_is_new_afterwards() {
    List<String> times = tarn.rows("SELECT _source, _ingested_at FROM bronze.orders ORDER BY ALL");

    well("replay", "orders", "--all");
    well("replay", "orders", "--all");

    assertThat(tarn.rows("SELECT _source, _ingested_at FROM bronze.orders ORDER BY ALL"))
        .isEqualTo(times);
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("1");
    assertThat(well("plan").out()).doesNotContain("land");
    well("run");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("3");
  }

  @Test
  void only_files_with_rejected_lines_are_read_again_when_that_is_asked_for() throws IOException {
    tarn.file("sources/orders.yml", "from: files\npath: data/*.csv\nlimits: {max_columns: 50}\n");
    tarn.file("data/3.csv", "id,amount\n5,50\n");
    well("run");
    List<String> before = tarn.rows("SELECT _source, _run FROM bronze.orders ORDER BY ALL");

    Answer told = well("replay", "orders", "--rejected", "--dry-run");
    well("replay", "orders", "--rejected");

    assertThat(told.out()).contains("data/2.csv").doesNotContain("data/1.csv");
    List<String> after = tarn.rows("SELECT _source, _run FROM bronze.orders ORDER BY ALL");
    assertThat(after).hasSize(4).contains(before.get(0), before.get(1), before.get(3));
    assertThat(after.get(2)).startsWith("data/2.csv,").isNotEqualTo(before.get(2));
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("1");
  }

  @Test
  void a_line_that_could_not_be_read_is_read_by_a_setting_that_fits() {
    tarn.file(
        "sources/orders.yml",
        "from: files\npath: data/*.csv\nnames: [id, amount, more, most]\nheader: true\n");

    well("replay", "orders", "--rejected");

    assertThat(tarn.rows("SELECT id, amount, more, most FROM bronze.orders WHERE id = '4'"))
        .containsExactly("4,40,too,many");
    assertThat(well("plan").out()).contains("1 file was read with other settings");
  }

  @Test
  void all_versions_of_a_file_are_replaced_together() {
    tarn.file("data/1.csv", "id,amount\n1,11\n2,22\n");
    well("run");
    List<String> before = tarn.rows(ORDERS);
    assertThat(before).hasSize(5);

    well("replay", "orders", "--all");

    assertThat(tarn.rows(ORDERS)).isEqualTo(before);
    assertThat(well("plan").out()).doesNotContain("land");
  }

  @Test
  void files_whose_copies_are_gone_are_named_and_stay_only_when_that_is_asked_for()
      throws IOException {
    Files.delete(folder.resolve("data/1.csv"));
    try (Stream<Path> raw = Files.walk(folder.resolve(".tarn/lake/raw"))) {
      for (Path copy : raw.filter(Files::isRegularFile).toList()) {
        if (Files.readString(copy).contains("twenty")) {
          Files.delete(copy);
        }
      }
    }

    assertThat(wrong("replay", "orders", "--all"))
        .contains("'data/1.csv' can't be read again", "2 rows", "--keep-gone");
    Answer kept = well("replay", "orders", "--all", "--keep-gone", "--json");

    assertThat(kept.out()).contains("\"files\":[\"data/2.csv\"]", "\"kept\":1");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("3");
    contract();
    assertThat(wrong("replay", "orders", "--keep-gone"))
        .contains("have amount as VARCHAR, and now it is to be BIGINT");
  }

  @Test
  void a_damaged_copy_changes_nothing_and_is_named() throws IOException {
    try (Stream<Path> raw = Files.walk(folder.resolve(".tarn/lake/raw"))) {
      for (Path copy : raw.filter(Files::isRegularFile).toList()) {
        Files.writeString(copy, "id,amount\n1,1\n");
      }
    }
    List<String> before = tarn.rows(ORDERS);

    Answer answer = tarn.run("replay", "orders", "--all");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("the copy of 'data/1.csv'", "'data/2.csv'", "is damaged");
    assertThat(tarn.rows(ORDERS)).isEqualTo(before);
    assertThat(tarn.rows("SELECT state FROM system.runs ORDER BY started_at DESC LIMIT 1"))
        .containsExactly("failed");
  }

  @Test
  void a_check_that_blocks_leaves_everything_as_it_was() {
    tarn.file(
        "sources/orders.yml",
        """
        from: files
        path: data/*.csv
        columns: {id: bigint, amount: {type: bigint, required: true}}
        checks:
          - row_count: {min: 3}
        """);
    List<String> before = tarn.rows(ORDERS);

    Answer answer = tarn.run("replay", "orders");

    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(1);
    assertThat(answer.out()).contains("nothing was published", "at least 3 rows");
    assertThat(tarn.rows(ORDERS)).isEqualTo(before);
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("1");
  }

  @Test
  void a_replay_is_undone_by_a_rollback_and_can_be_done_again() {
    List<String> before = tarn.rows(ORDERS);
    contract();
    well("replay", "orders");
    List<String> after = tarn.rows(ORDERS);
    String run =
        tarn.rows("SELECT run FROM system.runs ORDER BY started_at DESC LIMIT 1").getFirst();

    Answer undone = well("rollback", run);

    assertThat(undone.out()).doesNotContain("missing");
    assertThat(tarn.rows(ORDERS)).isEqualTo(before);
    assertThat(well("plan").out()).contains("2 files were read with other settings");
    well("replay", "orders");
    assertThat(tarn.rows(ORDERS)).isEqualTo(after);
  }

  @Test
  void two_at_once_are_done_one_after_the_other() throws Exception {
    contract();
    try (var both = Executors.newFixedThreadPool(2)) {
      var one = both.submit(() -> tarn.run("replay", "orders"));
      var other = both.submit(() -> tarn.run("replay", "orders"));

      assertThat(one.get().status() + other.get().status()).isZero();
      assertThat(one.get().out() + other.get().out()).contains("replayed 1 table", "nothing to do");
    }
    assertThat(tarn.rows(ORDERS)).hasSize(2);
  }

  @Test
  void until_the_replay_a_run_says_what_keeps_new_files_out() {
    contract();
    tarn.file("data/3.csv", "id,amount\n5,50\n");

    Answer run = tarn.run("run");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err() + run.out()).contains("tarn replay bronze.orders");
    well("replay", "orders");
    well("run");
    assertThat(tarn.rows("SELECT sum(amount) FROM bronze.orders")).containsExactly("90");
  }

  @Test
  void what_is_typed_wrong_is_told_all_at_once() {
    assertThat(wrong("replay", "ordres", "silver.orders", "--all", "--rejected"))
        .contains(
            "there is no source 'ordres'",
            "silver.orders is made by a model",
            "--all and --rejected");
    assertThat(wrong("replay")).contains("something is missing");
  }
}
