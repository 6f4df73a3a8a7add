package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a branch changed is merged at once, or the conflict is told.
class BranchMergeTest {
  @TempDir Path folder;
  private BranchProject project;

  @BeforeEach
  void a_project_that_ran() {
    project = new BranchProject(folder);
  }

  @Test
  void a_merge_publishes_all_that_the_branch_changed_and_nothing_is_taken_twice() {
    project.well("branch", "fix");
    project.rates();
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n5,1.00,stolen\n");
    project.tarn.file(
        "models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    project.tarn.file(
        "models/gold/placed.sql",
        "/*\nmaterialize: view\n*/\nSELECT id, amount FROM silver.orders WHERE status = 'placed'");
    project.well("run", BranchProject.ON, "fix");
    Instant before = project.clock.instant();

    Answer merged = project.well("merge", "fix");

    assertThat(merged.out())
        .contains("merged", "silver.orders changed", "gold.shipped made", "gold.placed changed");
    assertThat(project.total("")).isEqualTo("260.00");
    assertThat(project.rows("", "SELECT id, amount FROM gold.placed ORDER BY 1"))
        .containsExactly("1,20.00", "4,200.00");
    assertThat(project.rows("", "SELECT id FROM silver.orders__quarantine ORDER BY 1"))
        .containsExactly("3", "5");
    assertThat(project.well("run").out()).contains("nothing to do");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("5");
    assertThat(project.well("branch").out()).contains("fix");
    assertThat(project.well("merge", "fix").out()).contains("nothing to merge");
    assertThat(
            project
                .well("query", "FROM gold.sums", "--as-of", before.toString(), "--format", "csv")
                .out())
        .contains("30.00");
    project.well("scrub");
  }

  @Test
  void a_table_that_both_changed_is_a_conflict_and_nothing_is_half_merged() {
    project.well("branch", "fix");
    project.rates();
    project.tarn.file(
        "models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    project.well("run", BranchProject.ON, "fix");
    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run");
    String main = project.rows("", "SELECT max(run) FROM system.runs").getFirst();
    List<String> before =
        project.rows("", "SELECT \"table\", snapshot FROM system.tables ORDER BY ALL");

    Answer conflict = project.fails(1, "merge", "fix");

    assertThat(conflict.err())
        .contains("silver.orders changed on the branch, and on main too: by run " + main)
        .contains("gold.sums")
        .contains("tarn branch --update fix")
        .doesNotContain("bronze.orders changed");
    assertThat(project.rows("", "SELECT \"table\", snapshot FROM system.tables ORDER BY ALL"))
        .filteredOn(line -> !line.startsWith("gold.shipped"))
        .isEqualTo(before.stream().filter(line -> !line.startsWith("gold.shipped")).toList());

    project.rates();
    assertThat(project.well("branch", "--update", "fix").out())
        .contains("is gone: tarn run --branch fix makes it anew");
    project.well("run", BranchProject.ON, "fix");
    project.well("merge", "fix", "--drop");

    assertThat(project.total("")).isEqualTo("260.00");
    assertThat(project.well("run").out()).contains("nothing to do");
    assertThat(project.well("branch").out()).contains("there is no branch");
  }

  @Test
  void a_file_that_both_have_taken_is_counted_once() {
    project.well("branch", "fix");
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run", BranchProject.ON, "fix");
    project.well("run");
    project.tarn.file("data/3.csv", "id,amount,status\n5,1.00,placed\n");
    project.well("run", BranchProject.ON, "fix");

    assertThat(project.fails(1, "merge", "fix").err())
        .contains("bronze.orders changed on the branch");
    project.well("branch", "fix", "--update");
    assertThat(project.total("fix")).isEqualTo("130.00");
    project.well("run", BranchProject.ON, "fix");
    project.well("merge", "fix");

    assertThat(project.total("")).isEqualTo("131.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("5");
    assertThat(project.well("run").out()).contains("nothing to do");
  }

  @Test
  void tables_that_only_main_changed_stay_as_main_has_them() {
    project.tarn.file("sources/clicks.yml", "from: files\npath: clicks/*.csv\n");
    project.tarn.file("clicks/1.csv", "page\n/a\n");
    project.well("run");
    project.well("branch", "fix");
    project.rates();
    project.well("run", "silver.orders+", BranchProject.ON, "fix");
    project.tarn.file("clicks/2.csv", "page\n/b\n");
    project.well("run", "bronze.clicks");

    project.well("merge", "fix");

    assertThat(project.rows("", "SELECT count(*) FROM bronze.clicks")).containsExactly("2");
    assertThat(project.total("")).isEqualTo("60.00");
    assertThat(project.rows("fix", "SELECT count(*) FROM bronze.clicks")).containsExactly("2");
  }

  @Test
  void what_a_failed_run_landed_is_merged_and_that_it_failed_is_told() {
    project.well("branch", "fix");
    project.tarn.file("data/2.csv", "id,amount,status\n4,much,placed\n");
    project.fails(1, "run", BranchProject.ON, "fix");

    assertThat(project.well("merge", "fix", "--dry-run").out()).contains("would merge 1 table");
    assertThat(project.well("merge", "fix").out())
        .contains("bronze.orders changed", "the branch's last run failed")
        .doesNotContain("silver.orders");

    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("4");
    assertThat(project.total("")).isEqualTo("30.00");
  }

  @Test
  void a_table_dropped_on_a_branch_is_dropped_with_the_merge_and_can_come_back()
      throws IOException {
    project.well("branch", "fix");
    Files.delete(folder.resolve("models/gold/sums.sql"));
    project.well("drop", "gold.sums", BranchProject.ON, "fix");
    assertThat(project.total("")).isEqualTo("30.00");

    assertThat(project.well("merge", "fix").out()).contains("gold.sums dropped");
    assertThat(project.rows("", "SELECT count(*) FROM system.tables WHERE \"table\" = 'gold.sums'"))
        .containsExactly("0");
    project.well("undrop", "gold.sums");

    assertThat(project.total("")).isEqualTo("30.00");
  }

  @Test
  void a_rollback_on_a_branch_is_merged_with_what_the_source_is_to_take_again() {
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run");
    String run = project.rows("", "SELECT max(run) FROM system.runs").getFirst();
    project.well("branch", "fix");
    project.well("rollback", run, BranchProject.ON, "fix");
    assertThat(project.total("fix")).isEqualTo("30.00");
    assertThat(project.total("")).isEqualTo("130.00");

    project.well("merge", "fix");
    assertThat(project.total("")).isEqualTo("30.00");
    project.well("run");

    assertThat(project.total("")).isEqualTo("130.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("4");
  }

  @Test
  void a_merged_run_can_be_rolled_back_on_main() {
    project.well("branch", "fix");
    project.rates();
    project.well("run", BranchProject.ON, "fix");
    String run = project.rows("fix", "SELECT max(run) FROM system.runs").getFirst();
    project.well("merge", "fix");
    assertThat(project.total("")).isEqualTo("60.00");

    project.well("rollback", run);

    assertThat(project.total("")).isEqualTo("30.00");
    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    project.well("run");
    assertThat(project.total("")).isEqualTo("30.00");
  }

  @Test
  void a_merge_is_rolled_back_as_a_whole() {
    project.well("branch", "fix");
    project.rates();
    project.well("run", BranchProject.ON, "fix");
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run", BranchProject.ON, "fix");
    project.well("merge", "fix", "--drop");
    assertThat(project.total("")).isEqualTo("260.00");
    String merge =
        project.rows("", "SELECT run FROM system.runs WHERE command LIKE 'merge%'").getFirst();

    project.well("rollback", merge);

    assertThat(project.total("")).isEqualTo("30.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("3");
    project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    project.well("run");
    assertThat(project.total("")).isEqualTo("130.00");
  }

  @Test
  void upkeep_of_main_is_no_conflict_and_the_past_can_be_asked_after_both() {
    for (int i = 2; i < 7; i++) {
      project.tarn.file("data/" + i + ".csv", "id,amount,status\n" + (i + 10) + ",1.00,placed\n");
      project.well("run");
    }
    Instant before = project.clock.instant();
    project.well("branch", "fix");
    project.rates();
    project.tarn.file("data/8.csv", "id,amount,status\n88,1.00,placed\n");
    project.well("run", BranchProject.ON, "fix");
    project.well("maintain");

    project.well("merge", "fix");

    assertThat(project.total("")).isEqualTo("72.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("9");
    String then = "SELECT count(*) FROM bronze.orders";
    assertThat(project.well("query", then, "--as-of", before.toString(), "--format", "csv").out())
        .contains("8");
    project.tarn.file("data/9.csv", "id,amount,status\n99,1.00,placed\n");
    project.well("run");
    assertThat(project.total("")).isEqualTo("74.00");
  }

  @Test
  void two_merges_and_runs_on_both_sides_at_once_lose_and_double_nothing() throws Exception {
    project.well("branch", "fix");
    project.well("branch", "other");
    project.tarn.file(
        "models/gold/shipped.sql", "SELECT id FROM silver.orders WHERE status = 'shipped'");
    project.well("run", "gold.shipped", BranchProject.ON, "fix");
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");

    List<Answer> all =
        BranchProject.atOnce(
            () -> project.tarn.run("merge", "fix"),
            () -> project.tarn.run("merge", "fix"),
            () -> project.tarn.run("run", "bronze", "silver", "gold.sums"),
            () -> project.tarn.run("run", BranchProject.ON, "other"));

    assertThat(all).allMatch(answer -> answer.status() == 0, all.toString());
    assertThat(all.get(0).out() + all.get(1).out()).contains("merged 1 table", "nothing to merge");
    assertThat(project.rows("", "FROM gold.shipped")).containsExactly("2");
    assertThat(project.total("")).isEqualTo("130.00");
    assertThat(project.total("other")).isEqualTo("130.00");
    project.well("run");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("4");
    project.well("scrub");
  }

  @Test
  void after_a_lost_database_main_is_repaired_without_its_branches() throws IOException {
    project.well("branch", "fix");
    project.rates();
    project.tarn.file("data/2.csv", "id,amount,status\n4,100.00,placed\n");
    project.well("run", BranchProject.ON, "fix");
    project.well("merge", "fix");
    project.tarn.file("data/3.csv", "id,amount,status\n5,7.00,placed\n");
    project.well("run", BranchProject.ON, "fix");
    try (Stream<Path> all = Files.list(folder.resolve(".tarn"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }

    project.well("doctor", "--repair");

    assertThat(project.total("")).isEqualTo("260.00");
    project.well("run");
    assertThat(project.total("")).isEqualTo("274.00");
    assertThat(project.rows("", "SELECT count(*) FROM bronze.orders")).containsExactly("5");
  }
}
