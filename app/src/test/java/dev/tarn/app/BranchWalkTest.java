package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done on main and on branches, in whatever order: each file counts once, and nothing
/// that a table or a branch needs goes.
class BranchWalkTest {
  private static final int STEPS = Integer.getInteger("branch.steps", 25);
  private static final int SEEDS = Integer.getInteger("branch.seeds", 1);
  private static final int FIRST = Integer.getInteger("branch.seed", 2);
  private static final List<String> NAMES = List.of("a", "b");
  private static final String ON = BranchProject.ON;

  @TempDir Path folder;

  @Test
  void any_walk_ends_with_each_file_counted_once() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      new Walk(new BranchProject(folder.resolve("walk" + seed)), seed).go();
    }
  }

  private static final class Walk {
    private final BranchProject project;
    private final SplittableRandom random;
    private final List<String> branches = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int files = 1;

    Walk(BranchProject project, int seed) {
      this.project = project;
      this.random = new SplittableRandom(seed);
      told.add("seed " + seed);
      project.tarn.file(
          "tarn.yml",
          "name: walk\nmaintain: {orphans_older_than: 0s, grace: 0s, keep_snapshots: 3, raw_keep_for: 0s}\n");
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        project.clock.advance(Duration.ofMinutes(1 + random.nextInt(600)));
        step();
      }
      branches.forEach(this::settle);
      onMain();
      does("run");
      does("maintain");
      assertThat(project.rows("", "SELECT count(*), count(DISTINCT id) FROM bronze.orders"))
          .as(told.toString())
          .containsExactly((2 * files + 1) + "," + (2 * files + 1));
      assertThat(
              project.rows(
                  "", "SELECT count(*), count(DISTINCT id) FROM silver.orders__quarantine"))
          .as(told.toString())
          .containsExactly(files + "," + files);
      if (files > 1) {
        assertThat(project.rows("", "SELECT count(*) FROM bronze.orders__rejected"))
            .as(told.toString())
            .containsExactly(Integer.toString(files - 1));
      }
      assertThat(project.total("")).as(told.toString()).isEqualTo((29 + files) + ".00");
      assertThat(does("run").out()).as(told.toString()).contains("nothing to do");
      does("run", "--full");
      assertThat(project.total("")).as(told.toString()).isEqualTo((29 + files) + ".00");
      does("scrub");
    }

    private void step() {
      String branch = NAMES.get(random.nextInt(NAMES.size()));
      boolean there = branches.contains(branch);
      switch (random.nextInt(there ? 12 : 5)) {
        case 0, 1 -> arrive();
        case 2 -> {
          onMain();
          does("run");
        }
        case 3 -> does("maintain");
        case 4 -> {
          if (there) {
            readable(branch);
          } else {
            does("branch", branch);
            branches.add(branch);
          }
        }
        case 5, 6, 7 -> {
          onBranch();
          does("run", ON, branch);
        }
        case 8 -> does("branch", "--update", branch);
        case 9 -> merge(branch);
        case 10 -> {
          Answer answer = tries("rollback", "bronze.orders", ON, branch);
          assertThat(answer.status()).as(told + answer.err()).isNotEqualTo(1);
        }
        default -> {
          does("branch", "--drop", branch);
          branches.remove(branch);
        }
      }
      branches.forEach(this::readable);
    }

    private void arrive() {
      files++;
      project.tarn.file(
          "data/f" + files + ".csv",
          "id,amount,status\n%d,1.00,placed\n%d,1.00,lost\n1,too,many,values\n"
              .formatted(files + 100, files + 1000));
      told.add("file " + files);
    }

    private void onMain() {
      project.tarn.file("models/silver/orders.sql", BranchProject.ORDERS);
    }

    private void onBranch() {
      if (random.nextBoolean()) {
        project.rates();
      } else {
        onMain();
      }
    }

    private void merge(String branch) {
      Answer answer = tries("merge", branch);
      assertThat(answer.status()).as(told + answer.err()).isNotEqualTo(2);
    }

    /// A conflict can always be got out of.
    private void settle(String branch) {
      does("branch", "--update", branch);
      onBranch();
      does("run", ON, branch);
      does("merge", branch);
    }

    private void readable(String branch) {
      String all = "SELECT count(*), count(DISTINCT id) FROM ";
      for (String table : List.of("bronze.orders", "silver.orders")) {
        String[] counts = project.rows(branch, all + table).getFirst().split(",");
        assertThat(counts[0]).as(told + " " + table).isEqualTo(counts[1]);
      }
      project.total(branch);
    }

    private Answer does(String... words) {
      Answer answer = tries(words);
      assertThat(answer.status()).as(told + answer.out() + answer.err()).isZero();
      return answer;
    }

    private Answer tries(String... words) {
      told.add(String.join(" ", words));
      return project.tarn.run(words);
    }
  }
}
