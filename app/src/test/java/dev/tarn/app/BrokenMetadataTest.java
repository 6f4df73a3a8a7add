package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A metadata database that is damaged, lost, or written at a later time than now.
class BrokenMetadataTest {
  private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_lake() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/o*.csv\n")
            .file("data/o.csv", "id,amount\n1,2\n")
            .file("models/silver/orders.sql", "SELECT id::INT AS id FROM bronze.orders");
    assertThat(tarn.run("run").status()).isZero();
  }

  @Test
  void a_damaged_database_is_told_by_every_command_and_repaired_once_it_is_moved_away()
      throws IOException {
    Path database = folder.resolve(".tarn/tarn.db");
    Files.writeString(database, "this is no database at all, not even a little of one");

    for (String command : new String[] {"run", "status", "plan", "check", "runs"}) {
      Answer answer = tarn.run(command);
      assertThat(answer.status()).as(command).isEqualTo(1);
      assertThat(answer.err()).as(command).contains("tarn.db", "tarn doctor --repair");
    }
    Answer doctor = tarn.run("doctor");
    assertThat(doctor.status()).isEqualTo(1);
    assertThat(doctor.out()).contains("✗ metadata database", "tarn doctor --repair", "✓ disk");

    Files.delete(database);
    assertThat(tarn.run("doctor", "--repair").out()).contains("2 tables found again");
    assertThat(tarn.run("run").status()).isZero();
    assertThat(tarn.rows("FROM silver.orders")).containsExactly("1");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("1");
  }

  @Test
  void a_lost_database_is_not_taken_for_a_new_beginning() throws IOException {
    Files.delete(folder.resolve(".tarn/tarn.db"));
    Files.delete(folder.resolve("data/o.csv"));

    Answer run = tarn.run("run");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("is new, but", "tarn doctor --repair");

    tarn.run("doctor", "--repair");

    assertThat(tarn.rows("FROM silver.orders")).containsExactly("1");
  }

  @Test
  void a_clock_that_was_set_back_neither_stops_runs_nor_makes_ages_negative() {
    clock.set(clock.instant().minus(Duration.ofDays(400)));
    tarn.file("data/o2.csv", "id,amount\n2,2\n");

    Answer status = tarn.run("status");
    Answer run = tarn.run("run");

    assertThat(status.out()).contains("was the clock set back?").doesNotContain("-");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("FROM silver.orders ORDER BY 1")).containsExactly("1", "2");
  }
}
