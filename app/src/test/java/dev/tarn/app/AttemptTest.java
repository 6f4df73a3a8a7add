package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.Blueprints;
import dev.tarn.app.project.Machine;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.ProjectRun;
import dev.tarn.app.run.RunRequest;
import dev.tarn.app.run.RunSummary;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A step that fails after it has changed its table, for a reason that may pass, is tried again.
class AttemptTest {
  private static final TableName ORDERS = TableName.parse("silver.orders");

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-05-01T00:00:00Z");
  private TarnShell tarn;

  @BeforeEach
  void orders_of_one_day() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,amount\n1,10\n2,20\n")
            .file(
                "models/silver/orders.sql",
                """
                /*
                checks:
                  - range: {amount: {min: 0}}
                */
                SELECT id::BIGINT AS id, amount::BIGINT AS amount FROM bronze.orders
                """)
            .file(
                "models/gold/sums.sql",
                "SELECT id, sum(amount)::BIGINT AS amount FROM silver.orders GROUP BY id");
    assertThat(tarn.run("run").status()).isZero();
    tarn.file("data/2.csv", "id,amount\n2,5\n3,30\n");
  }

  @Test
  void what_the_first_attempt_changed_the_second_does_not_change_again() {
    RunSummary summary = runWhoseFirstVerdictIsLost();

    assertThat(summary.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(tarn.rows("FROM silver.orders ORDER BY ALL"))
        .containsExactly("1,10", "2,5", "2,20", "3,30");
    assertThat(tarn.rows("FROM gold.sums ORDER BY ALL")).containsExactly("1,10", "2,25", "3,30");
    assertThat(
            tarn.rows(
                "SELECT attempt, reason LIKE '%all, because: an earlier attempt had changed it' FROM system.steps"
                    + " WHERE \"table\" = 'silver.orders' ORDER BY started_at DESC, attempt DESC LIMIT 1"))
        .containsExactly("2,true");
  }

  /// The verdict on what the first attempt staged is lost, as when memory runs out just then.
  private RunSummary runWhoseFirstVerdictIsLost() {
    AtomicInteger verdicts = new AtomicInteger();
    return run(event -> {
      if (event instanceof Event.CheckJudged judged
          && judged.result().table().equals(ORDERS)
          && verdicts.getAndIncrement() == 0) {
        throw Failure.retry("memory ran out", "", new IOException());
      }
    });
  }

  private RunSummary run(Events events) {
    Project project =
        new ProjectReader(
                folder, Optional.empty(), Map.of(), new Machine(2, new ByteSize(4_000_000_000L)))
            .read(new Problems());
    MetadataStore store =
        MetadataStore.open(new MetadataLocation.SqliteFile(folder.resolve(".tarn/tarn.db")), clock);
    EngineSettings engine =
        new EngineSettings(
            new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30));
    Lake lake = new Lake(store, project.lake().warehouse(), clock, LakeSettings.standard());
    Opened.Surroundings surroundings =
        new Opened.Surroundings(clock, new SplittableRandom(1), 1, "test");
    try (Opened opened =
        new Opened(project, store, lake, () -> new DuckDbEngine(engine), surroundings)) {
      Blueprint blueprint = new Blueprints(project, lake, opened::engine).blueprint(new Problems());
      return new ProjectRun(opened, blueprint, events)
          .run(new RunRequest(List.of(), false, new AsOf.Current(), "run"), new Alone());
    }
  }

  private record Alone() implements Interrupts {
    @Override
    public void waiting(String holder) {
      throw new AssertionError("must wait for " + holder);
    }

    @Override
    public Watch watch(Runnable cancel) {
      return () -> {};
    }
  }
}
