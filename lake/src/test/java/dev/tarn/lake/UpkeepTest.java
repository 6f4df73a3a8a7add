package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpkeepTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);

  @TempDir Path folder;

  @Test
  void a_sweep_removes_old_orphans_and_nothing_that_any_snapshot_needs() throws IOException {
    try (TestLake lake = TestLake.in(folder, new LakeSettings(1_000_000, 3, 10, 4))) {
      for (int i = 0; i < 6; i++) {
        lake.replace(ORDERS, SPEC, "SELECT " + i + " AS id, 'placed' AS status");
      }
      Path table =
          Path.of(lake.lake.find(ORDERS).orElseThrow().metadataLocation()).getParent().getParent();
      Files.writeString(table.resolve("data/orphan.parquet"), "left by a crash");
      Files.createDirectories(lake.lake.raw().resolve("tmp"));
      Files.writeString(lake.lake.raw().resolve("tmp/part"), "half a copy");
      Path kept =
          lake.lake
              .raw()
              .resolve("ab/cd/5b8e5472f5f3c9bfbee689ccf0816cc1823ed5f997072d5d5b3d7c5d620e586b");
      Files.createDirectories(kept.getParent());
      Files.writeString(kept, "a source file");
      age(lake);

      Sweep swept = lake.lake.sweepOrphans(Duration.ofDays(1));

      // Three expired snapshots: a data file, a manifest list, and manifests; the older metadata
      // files; the strays.
      assertThat(swept.files()).isGreaterThanOrEqualTo(10);
      assertThat(files(lake))
          .noneMatch(path -> path.endsWith("orphan.parquet"))
          .noneMatch(path -> path.endsWith("part"))
          .contains(kept);
      LakeTable after = lake.lake.find(ORDERS).orElseThrow();
      assertThat(after.history()).hasSize(3);
      for (SnapshotInfo snapshot : after.history()) {
        assertThat(lake.duckdb.rows(after.scan(new AsOf.Snapshot(snapshot.id())))).hasSize(1);
      }
      assertThat(lake.lake.scrub().damaged()).isEmpty();
      assertThat(lake.lake.sweepOrphans(Duration.ofDays(1))).isEqualTo(new Sweep(0, 0));
    }
  }

  @Test
  void files_of_a_running_run_and_young_files_stay() throws IOException {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.store.write(write ->
          write
              .runs()
              .begin(RunRecord.begun(branch.run(), "run", lake.clock.instant(), 1, "here")));
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      age(lake);
      lake.lake.sweepOrphans(Duration.ofDays(1));
      branch.publish(_ -> {});

      assertThat(lake.rows(ORDERS)).hasSize(1);
      assertThat(lake.lake.scrub().damaged()).isEmpty();
    }
  }

  @Test
  void what_a_dead_run_left_behind_goes_at_once_but_not_what_it_published() throws IOException {
    try (TestLake lake = TestLake.in(folder)) {
      RunId dead = lake.run();
      Branch published = lake.lake.branch(dead);
      lake.stageAppend(published, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      published.publish(_ -> {});
      Set<Path> before = files(lake);
      Branch left = lake.lake.branch(dead);
      lake.stageAppend(left, ORDERS, SPEC, "SELECT 2 AS id, 'lost' AS status");
      lake.stageReplace(
          left,
          dev.tarn.vocabulary.TableName.parse("gold.never"),
          SPEC,
          "SELECT 2 AS id, 'lost' AS status");

      assertThat(lake.lake.sweepRuns(List.of(dead)).files()).isEqualTo(6);

      assertThat(files(lake)).isEqualTo(before);
      assertThat(lake.rows(ORDERS)).containsExactly("1|placed");
    }
  }

  @Test
  void a_dropped_table_is_gone_and_its_files_go_with_the_sweep() throws IOException {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      lake.lake.drop(ORDERS);
      assertThat(lake.lake.find(ORDERS)).isEmpty();
      age(lake);
      lake.lake.sweepOrphans(Duration.ofDays(1));

      assertThat(files(lake)).isEmpty();
      assertThat(lake.store.<Integer>read(read -> read.files().all().size())).isZero();
    }
  }

  private static void age(TestLake lake) throws IOException {
    for (Path file : files(lake)) {
      Files.setLastModifiedTime(
          file, FileTime.from(lake.clock.instant().minus(Duration.ofDays(3))));
    }
  }

  private static Set<Path> files(TestLake lake) throws IOException {
    try (Stream<Path> all = Files.walk(lake.lake.warehouse())) {
      return all.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }
}
