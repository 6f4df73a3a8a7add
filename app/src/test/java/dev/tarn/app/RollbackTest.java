package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tables are taken back to earlier versions, with what their sources took. All tests begin after
/// the same two runs, which are done once: a lake's files are named in full, and a source's files
/// are known by what the file system calls them, so each test finds a copy of the lake in the same
/// place, beside the same source files.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackTest {
  private Path folder = Path.of("");
  private Path after = Path.of("");
  private TarnShell tarn = new TarnShell(folder);

  @BeforeAll
  void two_runs(@TempDir Path project, @TempDir Path copy) throws IOException {
    folder = project;
    after = copy;
    tarn = new TarnShell(folder);
    tarn.file("sources/orders.yml", "from: files\npath: data/*.csv\n")
        .file("sources/other.yml", "from: files\npath: other.csv\n")
        .file("other.csv", "a\n1\n")
        .file("data/1.csv", "id,status\n1,placed\n2,placed\n");
    models();
    well("run");
    tarn.file("data/2.csv", "id,status\n3,shipped\n4,lost\n5,placed,too,many\n");
    well("run");
    copy(folder.resolve(".tarn"), after);
  }

  @BeforeEach
  void as_the_two_runs_left_it() throws IOException {
    for (String test : List.of(".tarn", "models", "data/3.csv")) {
      remove(folder.resolve(test));
    }
    copy(after, folder.resolve(".tarn"));
    models();
  }

  private void models() {
    tarn.file("tarn.yml", "name: small\n")
        .file(
            "models/silver/orders.sql",
            """
            /*
            key: id
            checks:
              - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
            */
            SELECT id::BIGINT AS id, status FROM bronze.orders
            """)
        .file("models/gold/sums.sql", "SELECT count(*) AS n FROM silver.orders");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file)) {
          Files.createDirectories(to.resolve(from.relativize(file)));
        } else {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Answer well(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private String wrong(String... words) {
    Map<TableName, String> before = versions();
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(2);
    assertThat(versions()).isEqualTo(before);
    return answer.err();
  }

  private Map<TableName, String> versions() {
    InstantSource clock = InstantSource.system();
    Path lake = folder.resolve(".tarn");
    try (MetadataStore store =
        MetadataStore.open(new MetadataLocation.SqliteFile(lake.resolve("tarn.db")), clock)) {
      return new Lake(store, lake.resolve("lake"), clock, LakeSettings.standard()).versions();
    }
  }

  private List<String> runs() {
    return tarn.rows("SELECT run FROM system.runs ORDER BY started_at");
  }

  private List<String> state() {
    return tarn.rows(
        """
        SELECT 'orders', id, status FROM silver.orders UNION ALL SELECT 'sums', n, '' FROM gold.sums
        UNION ALL SELECT 'raw', id::BIGINT, status FROM bronze.orders
        UNION ALL SELECT 'rejected', line, text FROM bronze.orders__rejected
        UNION ALL SELECT 'quarantine', id, status FROM silver.orders__quarantine ORDER BY ALL\
        """);
  }

  private List<String> snapshots(String table) {
    return tarn.rows(
        "SELECT snapshot FROM system.snapshots WHERE \"table\" = '%s' ORDER BY committed_at"
            .formatted(table));
  }

  @Test
  void a_run_is_undone_whole_and_the_next_run_takes_its_files_again() {
    List<String> after = state();
    String second = runs().get(1);

    Answer undone = well("rollback", second);

    assertThat(undone.out())
        .contains("took back 5 tables", "bronze.orders__rejected", "silver.orders__quarantine")
        .contains("bronze.orders: the next run takes 1 file again")
        .doesNotContain("bronze.other");
    assertThat(state())
        .containsExactly(
            "orders,1,placed", "orders,2,placed", "raw,1,placed", "raw,2,placed", "sums,2,\"\"");
    assertThat(well("plan").out())
        .contains("bronze.orders  land", "silver.orders  refresh  it was rolled back by run")
        .contains("gold.sums      refresh  it was rolled back by run");
    well("run");
    assertThat(state()).isEqualTo(after);
    assertThat(well("plan").out()).contains("nothing to do");
    well("scrub");
  }

  @Test
  void upkeep_in_between_is_no_later_change() {
    tarn.file("data/3.csv", "id,status\n6,placed\n");
    well("run");
    List<String> third = state();
    well("maintain");
    well("rollback", runs().get(2));
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("4");

    well("run");

    assertThat(state()).isEqualTo(third);
  }

  @Test
  void a_dry_run_says_the_same_and_changes_nothing() {
    Map<TableName, String> before = versions();

    Answer told = well("rollback", runs().get(1), "--dry-run");

    assertThat(told.out()).contains("would take back 5 tables", "takes 1 file again");
    assertThat(versions()).isEqualTo(before);
    assertThat(runs()).hasSize(2);
  }

  @Test
  void one_table_goes_back_alone_and_is_made_anew_by_the_next_run() {
    well("rollback", "gold.sums");

    assertThat(tarn.rows("FROM gold.sums")).containsExactly("2");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("3");
    assertThat(well("plan").out()).contains("gold.sums").doesNotContain("bronze.orders");
    well("run");
    assertThat(tarn.rows("FROM gold.sums")).containsExactly("3");
  }

  @Test
  void a_source_s_table_goes_back_with_what_it_took_and_kept_aside() throws IOException {
    List<String> versions = snapshots("bronze.orders");
    Files.move(folder.resolve("data/2.csv"), folder.resolve("2.csv"));

    Answer undone = well("rollback", "bronze.orders", versions.getFirst());

    assertThat(undone.out()).contains("missing data/2.csv: put it back from ");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("0");
    Files.move(folder.resolve("2.csv"), folder.resolve("data/2.csv"));
    well("run");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("4");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("1");
    assertThat(wrong("rollback", "bronze.orders", versions.getLast()))
        .contains("is no version that bronze.orders was made from");
  }

  @Test
  void a_model_goes_forward_again_to_a_version_that_was_undone() {
    List<String> versions = snapshots("silver.orders");
    well("rollback", "silver.orders");

    well("rollback", "silver.orders", versions.getLast());

    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("3");
    assertThat(well("history", "silver.orders").out()).contains(versions.getLast() + " *");
  }

  @Test
  void the_columns_of_the_earlier_version_come_back() {
    tarn.file("models/gold/sums.sql", "SELECT 'x' AS n, count(*) AS rows FROM silver.orders");
    well("run");

    well("rollback", "gold.sums");

    assertThat(tarn.rows("FROM gold.sums")).containsExactly("3");
    assertThat(
            tarn.rows("SELECT \"column\", type FROM system.columns WHERE \"table\" = 'gold.sums'"))
        .containsExactly("n,BIGINT");
  }

  @Test
  void the_first_run_leaves_empty_tables_and_the_next_one_fills_them() {
    String first = runs().getFirst();
    List<String> after = state();
    assertThat(wrong("rollback", first))
        .contains(
            "bronze.orders was changed after run " + first, "gold.sums was changed", "--force");

    well("rollback", first, "--force");

    assertThat(state()).isEmpty();
    assertThat(tarn.rows("SELECT count(*) FROM bronze.other")).containsExactly("0");
    well("run");
    assertThat(state()).isEqualTo(after);
  }

  @Test
  void time_and_tag_name_versions_and_readers_of_the_past_see_what_was() throws Exception {
    well("history", "gold.sums", "--tag", "now");
    String first = snapshots("gold.sums").getFirst();
    well("rollback", "gold.sums", first);

    assertThat(well("query", "FROM gold.sums", "--format", "csv", "--as-of", "now").out())
        .contains("3");
    assertThat(well("diff", "gold.sums", "now").out()).contains("1 added, 1 removed");
    assertThat(wrong("rollback", "gold.sums", first)).contains("is at snapshot " + first);
    assertThat(well("rollback", "gold.sums", "now", "--json").out()).contains("\"dry_run\":false");
  }

  @Test
  void a_rollback_is_a_run_among_runs() {
    String second = runs().get(1);
    well("rollback", second);

    String third = runs().get(2);
    assertThat(well("runs").out()).contains("rollback " + second);
    assertThat(well("runs", third).out()).contains("back to snapshot");
    assertThat(well("logs", third).out()).contains("gold.sums succeeded", "back to snapshot");
    assertThat(well("status").out()).contains("gold.sums");
    assertThat(wrong("rollback", second)).contains("was rolled back already");
    assertThat(wrong("rollback", third)).contains("is a rollback itself");
  }

  @Test
  void what_can_not_be_done_is_refused_and_nothing_changes() {
    assertThat(wrong("rollback", "silver.order")).contains("there is no table silver.order");
    assertThat(wrong("rollback", "orders")).contains("neither a table nor a run");
    assertThat(wrong("rollback", "01JD8Z4X0000000000000000AB"))
        .contains("there is no run 01JD8Z4X");
    assertThat(wrong("rollback", "silver.orders", "nope")).contains("no tag 'nope'");
    assertThat(wrong("rollback", "silver.orders", "12345678901")).contains("no snapshot");
    assertThat(wrong("rollback", "silver.orders", "1999-01-01")).contains("no version of");
    assertThat(wrong("rollback", "silver.orders", "--force")).contains("--force is for runs");
    assertThat(wrong("rollback", runs().get(1), "x")).contains("a run is undone whole");
    assertThat(wrong("rollback")).contains("rollback");
    assertThat(wrong("rollback", "bronze.other")).contains("bronze.other has no earlier version");
    tarn.file("models/gold/seen.sql", "/*\nmaterialize: view\n*/ FROM gold.sums");
    well("run");
    assertThat(wrong("rollback", "gold.seen")).contains("gold.seen is a view");
    assertThat(wrong("rollback", runs().getLast()))
        .contains("changed no table that is still there");
  }

  @Test
  void after_a_lost_database_what_was_given_back_is_still_given_back() throws IOException {
    well("rollback", runs().get(1));
    for (String file : List.of("tarn.db", "tarn.db-wal", "tarn.db-shm")) {
      Files.deleteIfExists(folder.resolve(".tarn").resolve(file));
    }

    well("doctor", "--repair");
    well("run");

    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("4");
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders")).containsExactly("3");
  }
}
