package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A branch is a copy of main to work on, that costs nothing and that nobody else sees.
class BranchTest {
  @TempDir Path folder;
  private BranchProject project;

  @BeforeEach
  void a_project_that_ran() {
    project = new BranchProject(folder);
  }

  @Test
  void a_branch_copies_no_file_and_shows_what_main_shows() {
    List<Path> before = project.files();

    project.well("branch", "fix");

    assertThat(project.files()).isEqualTo(before);
    assertThat(project.total("fix")).isEqualTo("30.00");
    assertThat(project.rows("fix", "FROM gold.placed")).containsExactly("1");
    assertThat(project.well("run", BranchProject.ON, "fix").out()).contains("nothing to do");
    assertThat(project.well("branch").out()).contains("fix");
  }

  @Test
  void what_runs_on_a_branch_main_does_not_see_and_the_other_way_round() {
    project.well("branch", "fix");
    project.rates();
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run", BranchProject.ON, "fix");

    assertThat(project.total("fix")).isEqualTo("260.00");
    assertThat(project.total("")).isEqualTo("30.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("3");
    assertThat(project.rows("", "SELECT count(*) FROM system.runs")).containsExactly("1");
    assertThat(project.rows("fix", "SELECT count(*) FROM system.runs")).containsExactly("2");

    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    project.tarn.file("data/3.csv", "id,amount,status\n5,1.00,placed\n");
    project.well("run");

    assertThat(project.total("")).isEqualTo("131.00");
    assertThat(project.total("fix")).isEqualTo("260.00");
  }

  @Test
  void upkeep_leaves_what_branches_need_and_takes_it_once_they_are_dropped() {
    project.well("branch", "fix");
    project.rates();
    project.well("run", BranchProject.ON, "fix");
    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    project.tarn.file(
        "tarn.yml",
        "name: small\nmaintain: {orphans_older_than: 0s, grace: 0s, keep_snapshots: 1, keep_for: 0s, raw_keep_for: 0s}\n");
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run", "--full");
    project.well("run", "--full");
    project.clock.advance(Duration.ofDays(3));
    project.well("maintain");

    assertThat(project.total("fix")).isEqualTo("60.00");
    assertThat(project.rows("fix", "SELECT count(*) FROM silver.orders")).containsExactly("2");
    assertThat(project.rows("", "SELECT count(*) FROM silver.orders")).containsExactly("3");
    project.well("scrub");
    List<Path> held = project.files();

    project.well("branch", "--drop", "fix");
    assertThat(project.fails(2, "query", "FROM gold.sums", BranchProject.ON, "fix").err())
        .contains("no branch 'fix'");
    project.clock.advance(Duration.ofSeconds(1));
    project.well("maintain");

    List<Path> left = project.files();
    assertThat(left).hasSizeLessThan(held.size());
    assertThat(left).noneMatch(file -> file.toString().endsWith(".branch.metadata.json"));
    assertThat(project.total("")).isEqualTo("130.00");
    project.well("scrub");
  }

  @Test
  void a_diff_shows_what_a_merge_would_change() throws IOException {
    project.well("branch", "fix");
    project.rates();
    project.tarn.file(
        "models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    project.tarn.file(
        "models/gold/placed.sql",
        "/*\nmaterialize: view\n*/\nSELECT id, amount FROM silver.orders WHERE status = 'placed'");
    project.well("run", BranchProject.ON, "fix");
    Files.delete(folder.resolve("models/gold/shipped.sql"));

    String all = project.well("diff", BranchProject.ON, "fix").out();
    String one = project.well("diff", "silver.orders", BranchProject.ON, "fix").out();

    assertThat(all)
        .contains("silver.orders  ", "0 added, 0 removed, 2 changed", "10.00 → 20.00")
        .contains("gold.shipped  new, 1 rows", "gold.placed  is the view SELECT id, amount")
        .doesNotContain("bronze.orders");
    assertThat(one).contains("amount: changed in 2").doesNotContain("gold.");
    project.well("run");
    assertThat(project.well("diff", BranchProject.ON, "fix").out())
        .contains("conflict: main changed it too");
    project.well("branch", "same");
    assertThat(project.well("diff", BranchProject.ON, "same").out()).contains("changed nothing");
    assertThat(project.fails(2, "diff").err()).contains("tarn diff --branch NAME");
  }

  @Test
  void what_main_takes_back_drops_and_forgets_stays_on_the_branch() throws IOException {
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run");
    String run = project.rows("", "SELECT max(run) FROM system.runs").getFirst();
    project.well("branch", "fix");
    project.rates();
    project.well("run", BranchProject.ON, "fix");
    project.well("rollback", run);
    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    Files.delete(folder.resolve("models/gold/placed.sql"));
    Files.delete(folder.resolve("models/gold/sums.sql"));
    project.well("drop", "gold.sums", "gold.placed");
    project.tarn.file(
        "tarn.yml",
        "name: small\nmaintain: {orphans_older_than: 0s, grace: 0s, keep_snapshots: 1, keep_for: 0s,"
            + " dropped_keep_for: 0s}\n");
    project.clock.advance(Duration.ofDays(30));
    project.well("maintain");

    assertThat(project.total("fix")).isEqualTo("260.00");
    assertThat(project.rows("fix", "SELECT count(*) FROM bronze.orders")).containsExactly("4");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("3");
    project.well("scrub");
    assertThat(project.well("diff", "silver.orders", BranchProject.ON, "fix").out())
        .contains("0 added, 0 removed, 3 changed", "conflict");
    assertThat(project.rows("", "SELECT name, changed, conflicts > 0 FROM system.branches"))
        .containsExactly("fix,4,true");
    assertThat(project.fails(1, "merge", "fix").err())
        .contains("gold.sums changed on the branch, and on main too: by run", "(drop ");
    project.well("branch", "--update", "fix");
    assertThat(project.rows("fix", "SELECT count(*) FROM bronze.orders")).containsExactly("3");
    assertThat(project.well("diff", BranchProject.ON, "fix").out()).contains("changed nothing");
    project.well("run", BranchProject.ON, "fix");
    project.well("merge", "fix", "--drop");
    assertThat(project.rows("", "SELECT sum(amount) FROM silver.orders")).containsExactly("130.00");
    try (Stream<Path> left = Files.list(folder.resolve(".tarn"))) {
      assertThat(left.map(Path::toString)).noneMatch(file -> file.contains("branch"));
    }
  }

  @Test
  void many_branches_live_side_by_side() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      names.add("pr/" + i);
      project.well("branch", "pr/" + i);
    }
    project.rates();
    project.well("run", BranchProject.ON, "pr/3");

    assertThat(project.total("pr/3")).isEqualTo("60.00");
    assertThat(project.total("pr/4")).isEqualTo("30.00");
    assertThat(project.well("branch", "--list").out()).contains(names);
    for (String name : names) {
      project.well("branch", "--drop", name);
    }
    assertThat(project.well("branch").out()).contains("there is no branch");
    project.well("branch", "pr/3");
    assertThat(project.total("pr/3")).isEqualTo("30.00");
  }

  @Test
  void a_branch_that_is_dropped_while_it_is_used_harms_nobody() throws Exception {
    project.well("branch", "fix");
    project.rates();

    List<Answer> all =
        BranchProject.atOnce(
            () -> project.tarn.run("run", BranchProject.ON, "fix"),
            () -> project.tarn.run("branch", "--drop", "fix"),
            () -> project.tarn.run("query", "FROM gold.sums", BranchProject.ON, "fix"));

    assertThat(all.get(1).status()).as(all.toString()).isZero();
    assertThat(all)
        .allMatch(
            answer -> answer.status() == 0 || answer.err().contains("no branch 'fix'"),
            all.toString());
    assertThat(project.total("")).isEqualTo("30.00");
    project.well("branch", "fix");
    assertThat(project.total("fix")).isEqualTo("30.00");
  }

  @Test
  void a_database_without_a_branch_is_asked_for_one_before_the_first_run() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    TarnShell fresh = new TarnShell(empty, project.clock).file("tarn.yml", "name: empty\n");

    assertThat(fresh.run("query", "SELECT 1", BranchProject.ON, "fix").err())
        .contains("no branch 'fix'");
    assertThat(fresh.run("branch").out()).contains("there is no branch");
  }

  @Test
  void what_is_typed_wrong_is_told_with_its_remedy() {
    project.well("branch", "fix");

    assertThat(project.fails(2, "branch", "fix").err()).contains("already");
    assertThat(project.fails(2, "branch", "main").err()).contains("no name for a branch");
    assertThat(project.fails(2, "branch", "a b").err()).contains("no name for a branch");
    assertThat(project.fails(2, "merge", "fixx").err()).contains("no branch 'fixx'", "fix");
    assertThat(project.fails(2, "run", BranchProject.ON, "fixx").err())
        .contains("no branch 'fixx'");
    assertThat(project.fails(2, "maintain", BranchProject.ON, "fix").err())
        .contains("works on no branch");
    assertThat(project.fails(2, "branch", "--drop").err()).contains("one thing at a time");
  }
}
