package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables are dropped, and come back while their files are kept.
class DropTest {
  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at(Instant.now());
  private TarnShell tarn;

  @BeforeEach
  void a_project_that_ran() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\nmaintain: {orphans_older_than: 0s}\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,status\n1,placed\n2,lost\n3,placed,too,many\n")
            .file(
                "models/silver/orders.sql",
                """
                /*
                checks:
                  - {accepted: {status: [placed]}, on_fail: quarantine}
                */
                SELECT id::BIGINT AS id, status FROM bronze.orders
                """)
            .file("models/gold/sums.sql", "SELECT count(*) AS n FROM silver.orders");
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

  private void remove(String... files) throws IOException {
    for (String file : files) {
      Files.delete(folder.resolve(file));
    }
  }

  @Test
  void what_the_project_has_and_reads_is_not_dropped_by_mistake() {
    assertThat(wrong("drop", "silver.orders", "bronze.orders", "gold.nope"))
        .contains("silver.orders is declared in models/silver/orders.sql")
        .contains("silver.orders is read by gold.sums")
        .contains("bronze.orders is declared in sources/orders.yml")
        .contains("there is no table gold.nope")
        .doesNotContain("bronze.orders is read by");
  }

  @Test
  void a_dropped_table_comes_back_with_its_history_and_what_was_kept_aside() throws IOException {
    tarn.file("data/2.csv", "id,status\n4,placed\n");
    well("run");
    List<String> before = tarn.rows(VERSIONS);
    List<String> history = well("history", "silver.orders").out().lines().toList();
    String model = Files.readString(folder.resolve("models/silver/orders.sql"));
    String sums = Files.readString(folder.resolve("models/gold/sums.sql"));
    remove("models/silver/orders.sql", "models/gold/sums.sql");

    Answer dropped = well("drop", "silver.orders");
    well("maintain");

    assertThat(dropped.out()).contains("dropped silver.orders, silver.orders__quarantine");
    assertThat(tarn.run("query", "FROM silver.orders").status()).isEqualTo(2);
    assertThat(well("undrop").out()).contains("silver.orders", "silver.orders__quarantine");
    assertThat(well("runs").out()).contains("drop silver.orders");
    Answer back = well("undrop", "silver.orders");
    assertThat(back.out()).contains("brought back");
    assertThat(tarn.rows(VERSIONS)).isEqualTo(before);
    assertThat(well("history", "silver.orders").out().lines().toList()).isEqualTo(history);
    assertThat(tarn.rows("SELECT id FROM silver.orders__quarantine")).containsExactly("2");
    tarn.file("models/silver/orders.sql", model).file("models/gold/sums.sql", sums);
    assertThat(well("plan").out()).contains("nothing to do");
    assertThat(well("undrop").out()).contains("no dropped table can come back");
    well("scrub");
  }

  @Test
  void a_source_s_table_takes_what_was_taken_with_it_and_brings_it_back() throws IOException {
    String source = Files.readString(folder.resolve("sources/orders.yml"));
    remove("sources/orders.yml", "models/silver/orders.sql", "models/gold/sums.sql");
    well("drop", "bronze.orders", "silver.orders", "gold.sums");
    assertThat(tarn.rows("SELECT \"table\" FROM system.tables")).isEmpty();

    well("undrop", "bronze.orders");
    tarn.file("sources/orders.yml", source);
    well("run");

    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("2");
    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders__rejected")).containsExactly("1");
    assertThat(tarn.rows("SELECT count(*) FROM system.runs WHERE command = 'run'"))
        .containsExactly("2");
  }

  @Test
  void a_table_that_is_made_anew_meanwhile_stands_in_the_way() {
    well("drop", "bronze.orders", "silver.orders", "gold.sums", "--force");
    well("run");

    assertThat(tarn.rows("SELECT count(*) FROM bronze.orders")).containsExactly("2");
    assertThat(wrong("undrop", "gold.sums", "gold.nope"))
        .contains("there is no dropped table gold.nope");
    assertThat(wrong("undrop", "gold.sums", "bronze.orders"))
        .contains("there is another gold.sums by now", "there is another bronze.orders by now");
    well("maintain");
    well("drop", "gold.sums", "--force");
    well("undrop", "gold.sums");
    assertThat(tarn.rows("FROM gold.sums")).containsExactly("1");
  }

  @Test
  void after_its_time_maintain_removes_its_files_and_it_is_gone() throws IOException {
    well("drop", "gold.sums", "--force");
    clock.advance(Duration.ofDays(6));
    well("maintain");
    assertThat(well("undrop").out()).contains("gold.sums");
    clock.advance(Duration.ofDays(2));

    well("maintain");

    assertThat(wrong("undrop", "gold.sums")).contains("there is no dropped table gold.sums");
    try (Stream<Path> files = Files.walk(folder.resolve(".tarn/lake"))) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(path -> path.contains("/sums"));
    }
    assertThat(wrong("undrop", "silver.orders")).contains("is there and was not dropped");
  }

  @Test
  void a_table_whose_file_is_lost_does_not_come_back_half() throws IOException {
    Path file =
        Path.of(
            tarn.rows("SELECT path FROM system.files WHERE \"table\" = 'gold.sums'").getFirst());
    well("drop", "gold.sums", "--force");
    Files.delete(file);

    assertThat(wrong("undrop", "gold.sums"))
        .contains("gold.sums can't come back whole", file.getFileName().toString());
    assertThat(well("undrop").out()).contains("gold.sums");
  }

  @Test
  void a_repair_of_the_lake_leaves_what_was_dropped_alone() {
    well("drop", "gold.sums", "--force");

    well("doctor", "--repair");

    assertThat(tarn.rows("SELECT \"table\" FROM system.tables")).doesNotContain("gold.sums");
  }
}
