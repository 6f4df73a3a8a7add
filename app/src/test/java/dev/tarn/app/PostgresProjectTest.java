package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The main job with a PostgreSQL metadata database that an environment names.
@ExtendWith(PostgresExtension.class)
class PostgresProjectTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_project_with_an_environment(TemporaryPostgres postgres) {
    Map<String, String> variables =
        Map.of("TARN_DB", postgres.freshDatabase(), "NO_DB", postgres.url("nowhere"));
    tarn =
        new TarnShell(folder, InstantSource.system(), variables)
            .file(
                "tarn.yml",
                """
                name: small
                environments:
                  prod:
                    lake: {warehouse: prod, metadata: "${env:TARN_DB}"}
                  stranger:
                    lake: {warehouse: other, metadata: "${env:NO_DB}"}
                """)
            .file("sources/orders.yml", "from: files\npath: data/o*.csv\n")
            .file("data/o1.csv", "id,amount\n1,2.50\n2,3\n")
            .file(
                "models/silver/orders.sql",
                """
                /*
                key: id
                checks:
                  - unique: id
                  - {sql: "SELECT * FROM this WHERE amount < 0", on_fail: quarantine}
                */
                SELECT id::BIGINT AS id, amount::DECIMAL(9,2) AS amount FROM bronze.orders
                """)
            .file("models/gold/total.sql", "SELECT sum(amount) AS total FROM silver.orders");
  }

  private Answer well(String... words) {
    Answer answer = prod(words);
    assertThat(answer.status()).as(answer.err() + answer.out()).isZero();
    return answer;
  }

  @Test
  void a_branch_is_made_run_compared_and_merged() {
    well("run");
    well("branch", "fix");
    tarn.file("data/o2.csv", "id,amount\n3,4\n4,-1\n");
    well("run", "--branch", "fix");

    assertThat(well("query", "FROM gold.total", "--format", "csv").out()).contains("5.50");
    assertThat(well("query", "FROM gold.total", "--branch", "fix", "--format", "csv").out())
        .contains("9.50");
    assertThat(well("diff", "--branch", "fix").out()).contains("1 added, 0 removed");
    assertThat(well("merge", "fix").out()).contains("silver.orders changed");
    assertThat(well("query", "FROM gold.total", "--format", "csv").out()).contains("9.50");
    assertThat(well("run").out()).contains("nothing to do");
    well("branch", "--drop", "fix");
    well("maintain");
    well("scrub");
  }

  @Test
  void a_run_publishes_and_the_next_finds_nothing_to_do() {
    Answer run = prod("run");
    Answer again = prod("run");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(again.out()).contains("nothing to do: all 3 tables are up to date");
    assertThat(rows("FROM gold.total")).containsExactly("5.50");
    assertThat(rows("SELECT state, count(*) FROM system.runs GROUP BY ALL"))
        .containsExactly("succeeded,2");
    assertThat(folder.resolve(".tarn/tarn.db")).doesNotExist();

    tarn.file("data/o2.csv", "id,amount\n3,-1\n4,1\n");
    prod("run");

    assertThat(rows("FROM gold.total")).containsExactly("6.50");
    assertThat(rows("SELECT id FROM silver.orders__quarantine")).containsExactly("3");
    assertThat(prod("doctor", "--scrub").status()).isZero();
    assertThat(prod("check").status()).isZero();
  }

  @Test
  void two_runs_at_once_do_the_work_once() throws Exception {
    Callable<Answer> run = () -> prod("run");
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (Future<Answer> one : both.invokeAll(List.of(run, run))) {
        assertThat(one.get().status()).as(one.get().err()).isZero();
      }
    }

    assertThat(rows("SELECT count(*) FROM bronze.orders")).containsExactly("2");
    assertThat(rows("FROM gold.total")).containsExactly("5.50");
    assertThat(rows("SELECT count(*) FROM system.runs WHERE state = 'succeeded'"))
        .containsExactly("2");
  }

  @Test
  void a_database_that_is_not_there_is_told_without_its_password() {
    Answer run = tarn.run("run", "--env", "stranger");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("the server has no database 'nowhere'", "createdb nowhere")
        .doesNotContain("password");
  }

  private Answer prod(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--env";
    all[words.length + 1] = "prod";
    return tarn.run(all);
  }

  private List<String> rows(String sql) {
    Answer answer = prod("query", sql, "--format", "csv");
    assertThat(answer.status()).as(answer.err()).isZero();
    return answer.out().lines().skip(1).toList();
  }
}
