package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A branch is a copy of main to work on; what it changed is merged at once, or the conflict is
/// told.
class BranchTest {
  private static final String ORDERS =
      """
      /*
      key: id
      checks:
        - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
      */
      SELECT id::BIGINT AS id, amount::DECIMAL(10, 2) AS amount, status FROM bronze.orders
      """;

  private static final String ON = "--branch";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at(Instant.now());
  private TarnShell tarn;

  @BeforeEach
  void a_project_that_ran() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\nmaintain: {orphans_older_than: 0s, grace: 0s}\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,amount,status\n1,10.00,placed\n2,20.00,shipped\n3,5.00,lost\n")
            .file("models/silver/orders.sql", ORDERS)
            .file("models/gold/sums.sql", "SELECT sum(amount) AS total FROM silver.orders")
            .file(
                "models/gold/placed.sql",
                "/*\nmaterialize: view\n*/\nSELECT id FROM silver.orders WHERE status = 'placed'");
    well("run");
  }

  private Answer well(String... words) {
    clock.advance(Duration.ofSeconds(1));
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private Answer fails(int status, String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(status);
    return answer;
  }

  private List<String> rows(String branch, String sql) {
    Answer answer =
        branch.isEmpty()
            ? well("query", sql, "--format", "csv")
            : well("query", sql, "--format", "csv", ON, branch);
    return answer.out().lines().skip(1).toList();
  }

  private String total(String branch) {
    return rows(branch, "SELECT total FROM gold.sums").getFirst();
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(folder.resolve(".tarn/lake"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rates() {
    tarn.file(
        "models/silver/orders.sql",
        ORDERS.replace("amount::DECIMAL(10, 2)", "amount::DECIMAL(10, 2) * 2"));
  }

  @Test
  void a_branch_copies_no_file_and_shows_what_main_shows() {
    List<Path> before = files();

    well("branch", "fix");

    assertThat(files()).isEqualTo(before);
    assertThat(total("fix")).isEqualTo("30.00");
    assertThat(rows("fix", "FROM gold.placed")).containsExactly("1");
    assertThat(well("run", ON, "fix").out()).contains("nothing to do");
    assertThat(well("branch").out()).contains("fix");
  }

  @Test
  void what_runs_on_a_branch_main_does_not_see_and_the_other_way_round() {
    well("branch", "fix");
    rates();
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    well("run", ON, "fix");

    assertThat(total("fix")).isEqualTo("260.00");
    assertThat(total("")).isEqualTo("30.00");
    assertThat(rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("3");
    assertThat(rows("", "SELECT count(*) FROM system.runs")).containsExactly("1");
    assertThat(rows("fix", "SELECT count(*) FROM system.runs")).containsExactly("2");

    tarn.file("models/silver/orders.sql", ORDERS);
    tarn.file("data/3.csv", "id,amount,status\n5,1.00,placed\n");
    well("run");

    assertThat(total("")).isEqualTo("131.00");
    assertThat(total("fix")).isEqualTo("260.00");
  }

  @Test
  void a_merge_publishes_all_that_the_branch_changed_and_nothing_is_taken_twice() {
    well("branch", "fix");
    rates();
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n5,1.00,stolen\n");
    tarn.file("models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    tarn.file(
        "models/gold/placed.sql",
        "/*\nmaterialize: view\n*/\nSELECT id, amount FROM silver.orders WHERE status = 'placed'");
    well("run", ON, "fix");
    Instant before = clock.instant();

    Answer merged = well("merge", "fix");

    assertThat(merged.out())
        .contains("merged", "silver.orders changed", "gold.shipped made", "gold.placed changed");
    assertThat(total("")).isEqualTo("260.00");
    assertThat(rows("", "SELECT id, amount FROM gold.placed ORDER BY 1"))
        .containsExactly("1,20.00", "4,200.00");
    assertThat(rows("", "SELECT id FROM silver.orders__quarantine ORDER BY 1"))
        .containsExactly("3", "5");
    assertThat(well("run").out()).contains("nothing to do");
    assertThat(rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("5");
    assertThat(well("branch").out()).contains("fix");
    assertThat(well("merge", "fix").out()).contains("nothing to merge");
    assertThat(
            well("query", "FROM gold.sums", "--as-of", before.toString(), "--format", "csv").out())
        .contains("30.00");
    well("scrub");
  }

  @Test
  void a_table_that_both_changed_is_a_conflict_and_nothing_is_half_merged() {
    well("branch", "fix");
    rates();
    tarn.file("models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    well("run", ON, "fix");
    tarn.file("models/silver/orders.sql", ORDERS);
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    well("run");
    String main = rows("", "SELECT max(run) FROM system.runs").getFirst();
    List<String> before = rows("", "SELECT \"table\", snapshot FROM system.tables ORDER BY ALL");

    Answer conflict = fails(1, "merge", "fix");

    assertThat(conflict.err())
        .contains("silver.orders changed on the branch, and on main too: by run " + main)
        .contains("gold.sums")
        .contains("tarn branch --update fix")
        .doesNotContain("bronze.orders changed");
    assertThat(rows("", "SELECT \"table\", snapshot FROM system.tables ORDER BY ALL"))
        .filteredOn(line -> !line.startsWith("gold.shipped"))
        .isEqualTo(before.stream().filter(line -> !line.startsWith("gold.shipped")).toList());

    rates();
    assertThat(well("branch", "--update", "fix").out())
        .contains("is gone: tarn run --branch fix makes it anew");
    well("run", ON, "fix");
    well("merge", "fix", "--drop");

    assertThat(total("")).isEqualTo("260.00");
    assertThat(well("run").out()).contains("nothing to do");
    assertThat(well("branch").out()).contains("there is no branch");
  }

  @Test
  void a_file_that_both_have_taken_is_counted_once() {
    well("branch", "fix");
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    well("run", ON, "fix");
    well("run");
    tarn.file("data/3.csv", "id,amount,status\n5,1.00,placed\n");
    well("run", ON, "fix");

    assertThat(fails(1, "merge", "fix").err()).contains("bronze.orders changed on the branch");
    well("branch", "fix", "--update");
    assertThat(total("fix")).isEqualTo("130.00");
    well("run", ON, "fix");
    well("merge", "fix");

    assertThat(total("")).isEqualTo("131.00");
    assertThat(rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("5");
    assertThat(well("run").out()).contains("nothing to do");
  }

  @Test
  void tables_that_only_main_changed_stay_as_main_has_them() {
    tarn.file("sources/clicks.yml", "from: files\npath: clicks/*.csv\n");
    tarn.file("clicks/1.csv", "page\n/a\n");
    well("run");
    well("branch", "fix");
    rates();
    well("run", "silver.orders+", ON, "fix");
    tarn.file("clicks/2.csv", "page\n/b\n");
    well("run", "bronze.clicks");

    well("merge", "fix");

    assertThat(rows("", "SELECT count(*) FROM bronze.clicks")).containsExactly("2");
    assertThat(total("")).isEqualTo("60.00");
    assertThat(rows("fix", "SELECT count(*) FROM bronze.clicks")).containsExactly("2");
  }

  @Test
  void upkeep_leaves_what_branches_need_and_takes_it_once_they_are_dropped() {
    well("branch", "fix");
    rates();
    well("run", ON, "fix");
    tarn.file("models/silver/orders.sql", ORDERS);
    tarn.file(
        "tarn.yml",
        "name: small\nmaintain: {orphans_older_than: 0s, grace: 0s, keep_snapshots: 1, keep_for: 0s, raw_keep_for: 0s}\n");
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    well("run", "--full");
    well("run", "--full");
    clock.advance(Duration.ofDays(3));
    well("maintain");

    assertThat(total("fix")).isEqualTo("60.00");
    assertThat(rows("fix", "SELECT count(*) FROM silver.orders")).containsExactly("2");
    assertThat(rows("", "SELECT count(*) FROM silver.orders")).containsExactly("3");
    well("scrub");
    List<Path> held = files();

    well("branch", "--drop", "fix");
    assertThat(fails(2, "query", "FROM gold.sums", ON, "fix").err()).contains("no branch 'fix'");
    clock.advance(Duration.ofSeconds(1));
    well("maintain");

    List<Path> left = files();
    assertThat(left).hasSizeLessThan(held.size());
    assertThat(left).noneMatch(file -> file.toString().endsWith(".branch.metadata.json"));
    assertThat(total("")).isEqualTo("130.00");
    well("scrub");
  }

  @Test
  void upkeep_of_main_is_no_conflict() {
    for (int i = 2; i < 8; i++) {
      tarn.file("data/" + i + ".csv", "id,amount,status\n" + (i + 10) + ",1.00,placed\n");
      well("run");
    }
    well("branch", "fix");
    rates();
    well("run", ON, "fix");
    well("maintain");

    well("merge", "fix");

    assertThat(total("")).isEqualTo("72.00");
    tarn.file("data/9.csv", "id,amount,status\n99,1.00,placed\n");
    well("run");
    assertThat(total("")).isEqualTo("74.00");
  }

  @Test
  void a_table_dropped_on_a_branch_is_dropped_with_the_merge_and_can_come_back()
      throws IOException {
    well("branch", "fix");
    Files.delete(folder.resolve("models/gold/sums.sql"));
    well("drop", "gold.sums", ON, "fix");
    assertThat(total("")).isEqualTo("30.00");

    assertThat(well("merge", "fix").out()).contains("gold.sums dropped");
    assertThat(rows("", "SELECT count(*) FROM system.tables WHERE \"table\" = 'gold.sums'"))
        .containsExactly("0");
    well("undrop", "gold.sums");

    assertThat(total("")).isEqualTo("30.00");
  }

  @Test
  void a_rollback_on_a_branch_is_merged_with_what_the_source_is_to_take_again() {
    tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    well("run");
    String run = rows("", "SELECT max(run) FROM system.runs").getFirst();
    well("branch", "fix");
    well("rollback", run, ON, "fix");
    assertThat(total("fix")).isEqualTo("30.00");
    assertThat(total("")).isEqualTo("130.00");

    well("merge", "fix");
    assertThat(total("")).isEqualTo("30.00");
    well("run");

    assertThat(total("")).isEqualTo("130.00");
    assertThat(rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("4");
  }

  @Test
  void a_merged_run_can_be_rolled_back_on_main() {
    well("branch", "fix");
    rates();
    well("run", ON, "fix");
    String run = rows("fix", "SELECT max(run) FROM system.runs").getFirst();
    well("merge", "fix");
    assertThat(total("")).isEqualTo("60.00");

    well("rollback", run);

    assertThat(total("")).isEqualTo("30.00");
    tarn.file("models/silver/orders.sql", ORDERS);
    well("run");
    assertThat(total("")).isEqualTo("30.00");
  }

  @Test
  void a_diff_shows_what_a_merge_would_change() throws IOException {
    well("branch", "fix");
    rates();
    tarn.file("models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    tarn.file(
        "models/gold/placed.sql",
        "/*\nmaterialize: view\n*/\nSELECT id, amount FROM silver.orders WHERE status = 'placed'");
    well("run", ON, "fix");
    Files.delete(folder.resolve("models/gold/shipped.sql"));

    String all = well("diff", ON, "fix").out();
    String one = well("diff", "silver.orders", ON, "fix").out();

    assertThat(all)
        .contains("silver.orders  ", "0 added, 0 removed, 2 changed", "10.00 → 20.00")
        .contains("gold.shipped  new, 1 rows", "gold.placed  is the view SELECT id, amount")
        .doesNotContain("bronze.orders");
    assertThat(one).contains("amount: changed in 2").doesNotContain("gold.");
    well("run");
    assertThat(well("diff", ON, "fix").out()).contains("conflict: main changed it too");
    well("branch", "same");
    assertThat(well("diff", ON, "same").out()).contains("changed nothing");
    assertThat(fails(2, "diff").err()).contains("tarn diff --branch NAME");
  }

  @Test
  void many_branches_live_side_by_side() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      names.add("pr/" + i);
      well("branch", "pr/" + i);
    }
    rates();
    well("run", ON, "pr/3");

    assertThat(total("pr/3")).isEqualTo("60.00");
    assertThat(total("pr/4")).isEqualTo("30.00");
    assertThat(well("branch", "--list").out()).contains(names);
    for (String name : names) {
      well("branch", "--drop", name);
    }
    assertThat(well("branch").out()).contains("there is no branch");
    well("branch", "pr/3");
    assertThat(total("pr/3")).isEqualTo("30.00");
  }

  @Test
  void what_is_typed_wrong_is_told_with_its_remedy() {
    well("branch", "fix");

    assertThat(fails(2, "branch", "fix").err()).contains("already");
    assertThat(fails(2, "branch", "main").err()).contains("no name for a branch");
    assertThat(fails(2, "branch", "a b").err()).contains("no name for a branch");
    assertThat(fails(2, "merge", "fixx").err()).contains("no branch 'fixx'", "fix");
    assertThat(fails(2, "run", ON, "fixx").err()).contains("no branch 'fixx'");
    assertThat(fails(2, "maintain", ON, "fix").err()).contains("works on no branch");
    assertThat(fails(2, "branch", "--drop").err()).contains("one thing at a time");
  }
}
