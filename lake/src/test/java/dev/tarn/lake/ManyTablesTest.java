package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManyTablesTest {
  private static final int TABLES = 200;

  @TempDir Path folder;

  @Test
  void two_hundred_tables_are_published_together_and_in_seconds() {
    try (TestLake lake = TestLake.in(folder)) {
      long began = System.nanoTime();
      for (int round = 0; round < 2; round++) {
        long start = System.nanoTime();
        try (Branch branch = lake.branch()) {
          for (int i = 0; i < TABLES; i++) {
            branch.stage(
                branch.replace(new TableName("silver", "t" + i), TableSpec.of(ORDER)),
                java.util.List.of());
          }
          long staged = System.nanoTime();
          branch.publish(_ -> {});
          System.out.printf(
              "stage %d ms, publish %d ms%n",
              (staged - start) / 1_000_000, (System.nanoTime() - staged) / 1_000_000);
        }
      }
      assertThat(lake.lake.tables()).hasSize(TABLES);
      assertThat((System.nanoTime() - began) / 1_000_000_000).isLessThan(60);
    }
  }
}
