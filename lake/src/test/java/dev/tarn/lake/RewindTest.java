package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type.Primitive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables are taken back to earlier snapshots.
class RewindTest {
  private static final TableName OTHER = TableName.parse("gold.sums");

  @TempDir Path folder;

  @Test
  void rows_and_columns_are_those_of_the_earlier_version_for_every_client() {
    Schema wider =
        Schema.of(Column.of("id", Primitive.VARCHAR), Column.of("more", Primitive.BIGINT));
    TableSpec split =
        new TableSpec(
            wider,
            List.of(new PartitionKey("more", new Transform.Identity())),
            List.of(new SortKey("more", false, false)),
            Map.of(),
            Map.of());
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'x' AS status");
      long first = current(lake, ORDERS);
      lake.clock.advance(Duration.ofHours(1));
      try (Branch branch = lake.branch()) {
        WriteTarget target = branch.replace(ORDERS, split);
        branch.stage(target, List.of());
        branch.publish();
      }
      lake.clock.advance(Duration.ofHours(1));

      rewind(lake, ORDERS, Optional.of(first));

      assertThat(lake.rows(ORDERS)).containsExactly("1|x");
      assertThat(others.rows(ORDERS)).containsExactly("1|x");
      LakeTable table = lake.lake.find(ORDERS).orElseThrow();
      assertThat(table.schema()).isEqualTo(ORDER);
      assertThat(table.partition()).isEmpty();
      assertThat(table.sort()).isEmpty();
      assertThat(table.history()).hasSize(2);
      assertThat(table.version(new AsOf.Time(lake.clock.instant())).id()).isEqualTo(first);
      assertThat(
              table.version(new AsOf.Time(lake.clock.instant().minus(Duration.ofMinutes(30)))).id())
          .isNotEqualTo(first);
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'y' AS status");
      assertThat(others.rows(ORDERS)).containsExactly("1|x", "2|y");
      assertThat(lake.lake.scrub().damaged()).isEmpty();
    }
  }

  @Test
  void a_table_can_be_left_without_rows_and_filled_again() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'x' AS status");

      rewind(lake, ORDERS, Optional.empty());

      assertThat(lake.rows(ORDERS)).isEmpty();
      assertThat(lake.lake.history(ORDERS)).hasSize(2);
    }
  }

  @Test
  void tables_and_what_was_consumed_go_back_together_or_not_at_all() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'x' AS status");
      lake.append(OTHER, TableSpec.of(ORDER), "SELECT 1 AS id, 'x' AS status");
      long first = current(lake, ORDERS);
      RunId run = taken(lake);

      try (Branch branch = lake.branch()) {
        branch.rewind(ORDERS, Optional.of(first));
        branch.forget(ORDERS, Set.of(run));
        branch.rewind(OTHER, Optional.empty());
        lake.append(OTHER, TableSpec.of(ORDER), "SELECT 2 AS id, 'y' AS status");
        assertThatThrownBy(branch::publish)
            .isInstanceOf(Failure.class)
            .hasMessageContaining("another program changed gold.sums");
      }

      assertThat(lake.rows(ORDERS)).hasSize(2);
      assertThat(lake.lake.consumed(ORDERS)).hasSize(1);
      try (Branch branch = lake.branch()) {
        branch.rewind(ORDERS, Optional.of(first));
        branch.forget(ORDERS, Set.of(run));
        branch.publish();
      }
      assertThat(lake.rows(ORDERS)).hasSize(1);
      assertThat(lake.lake.consumed(ORDERS)).isEmpty();
    }
  }

  private static RunId taken(TestLake lake) {
    RunId run = lake.run();
    try (Branch branch = lake.lake.branch(run)) {
      lake.stageAppend(branch, ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'y' AS status");
      branch.consume(
          List.of(
              new Consumed(
                  ORDERS,
                  "b.csv",
                  "b",
                  1,
                  lake.clock.instant(),
                  "",
                  "taken",
                  1,
                  0,
                  run,
                  lake.clock.instant())));
      branch.publish();
    }
    return run;
  }

  @Test
  void the_version_that_a_table_was_taken_back_to_outlives_those_undone() {
    try (TestLake lake = TestLake.in(folder, new LakeSettings(1_000_000, 3, 10, 4))) {
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'x' AS status");
      long first = current(lake, ORDERS);
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'x' AS status");
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 3 AS id, 'x' AS status");
      rewind(lake, ORDERS, Optional.of(first));

      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 4 AS id, 'x' AS status");

      assertThat(lake.rows(ORDERS)).containsExactly("1|x", "4|x");
      assertThat(lake.lake.find(ORDERS).orElseThrow().ancestry(new AsOf.Current()))
          .extracting(SnapshotInfo::id)
          .contains(first);
      assertThat(lake.lake.history(ORDERS)).hasSize(3);
    }
  }

  private static long current(TestLake lake, TableName table) {
    return lake.lake.find(table).orElseThrow().snapshotId().orElseThrow();
  }

  private static void rewind(TestLake lake, TableName table, Optional<Long> snapshot) {
    try (Branch branch = lake.branch()) {
      branch.rewind(table, snapshot);
      branch.publish();
    }
  }
}
