package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many rows that come to a table of many more change few rows of what is made of it.
class LargeInputTest {
  private static final String TOTALS =
      "SELECT day, n, total FROM gold.days UNION ALL SELECT day, n, least FROM gold.kinds ORDER BY ALL";

  @TempDir Path folder;
  private TarnShell tarn;

  private Answer well(String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  /// Ten thousand rows of each day.
  private void days(int first, int count) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    well(
        "query",
        "SELECT TIMESTAMP '2026-01-01' + to_seconds(range * 8) AS sold_at, range %% 7 AS kind, range AS amount FROM range(%d, %d)"
            .formatted(first * 10_800, (first + count) * 10_800),
        "--format",
        "parquet",
        "--output",
        data.resolve("from" + first + ".parquet").toString());
  }

  @Test
  void the_rows_of_ten_days_are_followed_into_totals_by_day() throws IOException {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: large\n")
            .file("sources/sold.yml", "from: files\npath: data/*.parquet\n")
            .file(
                "models/gold/days.sql",
                """
                /* partition: day */
                SELECT sold_at::DATE AS day, count(*) AS n, sum(amount) AS total FROM bronze.sold GROUP BY ALL
                """)
            .file(
                "models/gold/kinds.sql",
                """
                SELECT date_trunc('day', sold_at) AS day, kind, count(DISTINCT amount) AS n, median(amount)::BIGINT AS least
                FROM bronze.sold GROUP BY date_trunc('day', sold_at), kind
                """);
    days(0, 110);
    well("run");
    days(110, 10);
    assertThat(well("plan").out()).contains("the rows of changed day, in their partitions");
    well("run");

    assertThat(
            tarn.rows(
                "SELECT DISTINCT refresh FROM system.steps WHERE \"table\" LIKE 'gold.%' AND run = (SELECT max(run) FROM system.runs)"))
        .containsExactly("incremental");
    List<String> followed = tarn.rows(TOTALS);
    well("run", "--full");
    assertThat(followed).hasSize(8 * 120).isEqualTo(tarn.rows(TOTALS));
  }
}
