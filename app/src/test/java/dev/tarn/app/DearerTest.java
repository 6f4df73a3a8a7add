package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A refresh that took much longer by the change than whole is whole the next time, unless the
/// model says otherwise.
class DearerTest {
  private static final String TOTALS =
      "SELECT kind, sum(amount::INTEGER) AS amount FROM bronze.sold GROUP BY kind\n";
  private static final String HOW =
      "SELECT refresh || ': ' || reason FROM system.steps WHERE \"table\" = 'gold.kinds'"
          + " ORDER BY started_at DESC LIMIT 1";

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private Duration pace = Duration.ofMillis(1);

  private static Answer well(Answer answer) {
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  @Test
  void what_took_long_is_not_followed_the_next_time_but_where_that_is_asked_for() {
    TarnShell tarn =
        new TarnShell(folder, () -> now.updateAndGet(time -> time.plus(pace)))
            .file("tarn.yml", "name: dearer\n")
            .file("sources/sold.yml", "from: files\npath: data/*.csv\n")
            .file("models/gold/kinds.sql", TOTALS)
            .file("data/1.csv", "kind,amount\na,1\nb,2\n");
    well(tarn.run("run"));
    tarn.file("data/2.csv", "kind,amount\na,3\n");
    pace = Duration.ofSeconds(5);
    well(tarn.run("run"));
    pace = Duration.ofMillis(1);
    assertThat(tarn.rows(HOW)).first().asString().startsWith("incremental");

    tarn.file("data/3.csv", "kind,amount\nb,4\n");
    assertThat(well(tarn.run("plan")).out()).contains("full: following changes took");
    well(tarn.run("run"));
    assertThat(tarn.rows(HOW))
        .first()
        .asString()
        .contains("full: bronze.sold changed; all, because: following changes took");
    assertThat(tarn.rows("FROM gold.kinds ORDER BY kind")).hasSize(2);

    tarn.file("models/gold/kinds.sql", "/* refresh: incremental */\n" + TOTALS);
    tarn.file("data/4.csv", "kind,amount\nc,4\n");
    well(tarn.run("run"));
    tarn.file("data/5.csv", "kind,amount\nc,5\n");
    well(tarn.run("run"));
    assertThat(tarn.rows(HOW)).first().asString().startsWith("incremental");
  }
}
