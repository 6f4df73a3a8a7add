package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaffoldTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void landed_weather() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/weather.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "weather_id,day,rain mm\n1,2025-01-01,0.5\n2,2025-01-02,\n")
            .file("models/gold/one.sql", "SELECT 1 AS one");
    tarn.run("run");
  }

  @Test
  void a_proposal_can_be_written_and_run_as_it_is() {
    Answer written = tarn.run("scaffold", "silver", "bronze.weather", "--write");
    Answer run = tarn.run("run");

    assertThat(written.out()).contains("wrote models/silver/weather.sql");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("FROM silver.weather ORDER BY 1"))
        .containsExactly("1,2025-01-01,0.50", "2,2025-01-02,");
  }

  @Test
  void what_is_there_is_never_overwritten() throws Exception {
    tarn.file("models/silver/weather.sql", "SELECT 2 AS two");

    Answer written = tarn.run("scaffold", "silver", "bronze.weather", "--write");

    assertThat(written.status()).isEqualTo(2);
    assertThat(written.err()).contains("models/silver/weather.sql exists already");
    assertThat(Files.readString(folder.resolve("models/silver/weather.sql")))
        .isEqualTo("SELECT 2 AS two");
  }

  @Test
  void a_model_that_is_only_begun_keeps_nobody_from_looking_at_the_lake() {
    // As a shell does it that is told: tarn scaffold … > models/silver/weather.sql
    tarn.file("models/silver/weather.sql", "");

    Answer proposed = tarn.run("scaffold", "silver", "bronze.weather");

    assertThat(proposed.status()).as(proposed.err()).isZero();
    assertThat(proposed.out()).contains("FROM bronze.weather");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.weather")).containsExactly("2");
    assertThat(tarn.run("profile", "bronze.weather").status()).isZero();
  }

  @Test
  void a_profile_tells_what_is_in_each_column() {
    Answer profile = tarn.run("profile", "bronze.weather");

    assertThat(profile.out())
        .startsWith("bronze.weather: 2 rows\n")
        .containsPattern("day +VARCHAR +0 +2 +2025-01-01 +2025-01-02 +DATE");
  }

  @Test
  void a_question_s_problem_stands_in_the_question() {
    assertThat(tarn.run("query", "SELECT\nrein FROM bronze.weather").err()).contains("query:2:1");
  }
}
