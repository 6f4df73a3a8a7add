package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.TableState;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Upkeep changes files and versions, never rows.
final class TableUpkeepTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final UpkeepLimits KEEP_ALL =
      new UpkeepLimits(1000, Duration.ofDays(3650), Duration.ZERO);
  private static final UpkeepLimits KEEP_ONE =
      new UpkeepLimits(1, Duration.ofDays(3650), Duration.ZERO);

  @TempDir Path folder;

  /// Later than the machine's clock, which Iceberg dates some versions by.
  private TestLake begun() {
    TestLake lake = TestLake.in(folder);
    lake.clock.set(java.time.Instant.parse("2040-01-31T08:00:00Z"));
    return lake;
  }

  @BeforeEach
  void many_small_files() {
    try (TestLake lake = begun()) {
      appends(lake, 1, 25);
    }
  }

  private static void appends(TestLake lake, int from, int to) {
    for (int i = from; i <= to; i++) {
      lake.clock.advance(Duration.ofMinutes(1));
      lake.append(ORDERS, SPEC, "SELECT " + i + " AS id, 'placed' AS status");
    }
  }

  /// As the engine does it.
  private static List<WrittenFile> moved(TestLake lake, WriteTarget target, Compaction work) {
    String files =
        String.join(
            ", ", work.small().files().stream().map(file -> "'" + file.path() + "'").toList());
    return List.of(
        lake.duckdb.write(target, "SELECT * FROM read_parquet([" + files + "])", List.of()));
  }

  private static boolean compact(TestLake lake, Upkeep upkeep) {
    RunId run = lake.run();
    Compaction work = upkeep.compaction(ORDERS, List.of(run)).orElseThrow();
    return upkeep.compact(work, moved(lake, upkeep.target(work, run), work), run);
  }

  @Test
  void small_files_become_one_and_every_reader_sees_the_same_rows() {
    try (TestLake lake = begun()) {
      LakeTable before = lake.lake.find(ORDERS).orElseThrow();
      List<String> rows = lake.rows(ORDERS);

      assertThat(compact(lake, lake.lake.upkeep(KEEP_ALL))).isTrue();

      LakeTable after = lake.lake.find(ORDERS).orElseThrow();
      SnapshotInfo version = after.version(new AsOf.Current());
      assertThat(lake.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(rows);
      assertThat(after.files()).hasSize(1);
      assertThat(after.rows()).isEqualTo(25);
      assertThat(after.columns()).isEqualTo(before.columns());
      assertThat(version.operation()).isEqualTo("replace");
      assertThat(after.changedAt()).isEqualTo(before.changedAt());
      assertThat(lake.duckdb.rows(after.scan(new AsOf.Snapshot(before.snapshotId().orElseThrow()))))
          .containsExactlyInAnyOrderElementsOf(rows);
      assertThat(lake.lake.upkeep(KEEP_ALL).compaction(ORDERS, List.of())).isEmpty();
      assertThat(lake.lake.scrub().damaged()).isEmpty();
      try (OtherClients clients = new OtherClients(folder)) {
        assertThat(clients.rows(ORDERS)).hasSize(25);
        assertThat(clients.table(ORDERS).currentSnapshot().operation()).isEqualTo("replace");
      }
    }
  }

  @Test
  void many_manifests_become_one() {
    try (TestLake lake = begun()) {
      Upkeep upkeep = lake.lake.upkeep(KEEP_ALL);
      assertThat(upkeep.mergeable(ORDERS)).isEqualTo(25);

      assertThat(upkeep.tidy(ORDERS, lake.run())).isTrue();

      assertThat(upkeep.figures(ORDERS).manifests()).isEqualTo(1);
      assertThat(lake.rows(ORDERS)).hasSize(25);
      assertThat(upkeep.tidy(ORDERS, lake.run())).isFalse();
      try (OtherClients clients = new OtherClients(folder)) {
        assertThat(clients.rows(ORDERS)).hasSize(25);
      }
    }
  }

  @Test
  void what_others_append_meanwhile_stays_and_what_others_replace_wins() {
    try (TestLake lake = begun()) {
      Upkeep upkeep = lake.lake.upkeep(KEEP_ALL);
      RunId run = lake.run();
      Compaction work = upkeep.compaction(ORDERS, List.of(run)).orElseThrow();
      List<WrittenFile> files = moved(lake, upkeep.target(work, run), work);
      appends(lake, 26, 26);

      assertThat(upkeep.compact(work, files, run)).isTrue();
      assertThat(lake.rows(ORDERS)).hasSize(26);

      appends(lake, 27, 40);
      RunId second = lake.run();
      Compaction late = upkeep.compaction(ORDERS, List.of(second)).orElseThrow();
      List<WrittenFile> lateFiles = moved(lake, upkeep.target(late, second), late);
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'anew' AS status");

      assertThat(upkeep.compact(late, lateFiles, second)).isFalse();
      assertThat(lake.rows(ORDERS)).containsExactly("1|anew");
      assertThat(lateFiles.getFirst().path()).doesNotExist();
      assertThat(lake.lake.scrub().damaged()).isEmpty();
    }
  }

  @Test
  void expiry_keeps_tags_and_the_current_version_and_frees_the_rest() throws IOException {
    try (TestLake lake = begun()) {
      List<SnapshotInfo> history = lake.lake.history(ORDERS);
      lake.lake.tag(ORDERS, "audited", history.get(20).id());
      List<String> rows = lake.rows(ORDERS);
      compact(lake, lake.lake.upkeep(KEEP_ALL));
      lake.clock.advance(Duration.ofMinutes(1));
      Upkeep upkeep = lake.lake.upkeep(KEEP_ONE);

      assertThat(upkeep.tidy(ORDERS, lake.run())).isTrue();
      long filesBefore = files();
      Spent spent = upkeep.spent(List.of(ORDERS));
      upkeep.remove(spent);

      assertThat(filesBefore - files()).isEqualTo(spent.paths().size()).isGreaterThan(60);
      LakeTable after = lake.lake.find(ORDERS).orElseThrow();
      assertThat(after.history()).hasSize(2);
      assertThat(lake.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(rows);
      assertThat(lake.duckdb.rows(after.scan(new AsOf.Tag("audited")))).hasSize(5);
      assertThatThrownBy(() -> after.scan(new AsOf.Snapshot(history.get(10).id())))
          .hasMessageContaining("has no snapshot " + history.get(10).id());
      assertThat(lake.lake.scrub().damaged()).isEmpty();
      assertThat(upkeep.spent(List.of(ORDERS)).paths()).isEmpty();
      try (OtherClients clients = new OtherClients(folder)) {
        assertThat(clients.rows(ORDERS)).hasSize(25);
      }
    }
  }

  @Test
  void versions_expire_by_age_counted_from_when_they_ended() {
    try (TestLake lake = begun()) {
      lake.clock.advance(Duration.ofDays(40));
      UpkeepLimits month = new UpkeepLimits(1000, Duration.ofDays(30), Duration.ZERO);
      assertThat(lake.lake.upkeep(month).expirable(ORDERS)).isEqualTo(24);

      lake.append(ORDERS, SPEC, "SELECT 26 AS id, 'placed' AS status");

      // The one before was what readers saw until just now.
      assertThat(lake.lake.upkeep(month).expirable(ORDERS)).isEqualTo(24);
    }
  }

  @Test
  void whoever_reads_a_version_goes_on_reading_it_within_the_grace() {
    try (TestLake lake = begun()) {
      UpkeepLimits hour = new UpkeepLimits(1, Duration.ofDays(3650), Duration.ofHours(1));
      lake.clock.advance(Duration.ofDays(1));
      Scan reading = lake.lake.find(ORDERS).orElseThrow().scan();
      compact(lake, lake.lake.upkeep(hour));
      lake.clock.advance(Duration.ofMinutes(59));
      Upkeep upkeep = lake.lake.upkeep(hour);
      upkeep.tidy(ORDERS, lake.run());
      upkeep.remove(upkeep.spent(List.of(ORDERS)));
      lake.lake.sweepOrphans(Duration.ofDays(-1), Duration.ofHours(1));

      assertThat(lake.duckdb.rows(reading)).hasSize(25);

      lake.clock.advance(Duration.ofHours(2));
      Upkeep later = lake.lake.upkeep(hour);
      later.remove(later.spent(List.of(ORDERS)));
      assertThat(reading.files()).noneMatch(file -> Files.exists(file.path()));
      assertThat(lake.rows(ORDERS)).hasSize(25);
    }
  }

  @Test
  void what_was_made_from_a_table_needs_no_refresh_for_its_upkeep() {
    try (TestLake lake = begun()) {
      TableName gold = TableName.parse("gold.sums");
      String read = lake.lake.find(ORDERS).orElseThrow().metadataLocation();
      lake.store.write(write -> {
        write.states().put(state(lake, ORDERS, read, Map.of()));
        write.states().put(state(lake, gold, "x", Map.of(ORDERS.toString(), read, "other", "y")));
      });

      compact(lake, lake.lake.upkeep(KEEP_ALL));

      String now = lake.lake.find(ORDERS).orElseThrow().metadataLocation();
      Optional<TableState> own = lake.store.read(store -> store.states().find(ORDERS));
      Optional<TableState> made = lake.store.read(store -> store.states().find(gold));
      assertThat(own.orElseThrow().metadataLocation()).isEqualTo(now).isNotEqualTo(read);
      assertThat(made.orElseThrow().inputs())
          .isEqualTo(new HashMap<>(Map.of(ORDERS.toString(), now, "other", "y")));
    }
  }

  private static TableState state(
      TestLake lake, TableName table, String location, Map<String, String> inputs) {
    return new TableState(table, "f", location, inputs, lake.run(), lake.clock.instant(), 1, 1, "");
  }

  @Test
  void old_copies_of_source_files_go_and_young_ones_stay() throws IOException {
    try (TestLake lake = begun()) {
      List<Path> copies = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        Path copy = lake.lake.raw().resolve(name + "/" + name.repeat(64));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, "id\n1\n");
        copies.add(copy);
      }
      Files.setLastModifiedTime(
          copies.getFirst(),
          java.nio.file.attribute.FileTime.from(lake.clock.instant().minus(Duration.ofDays(8))));
      Files.setLastModifiedTime(
          copies.getLast(), java.nio.file.attribute.FileTime.from(lake.clock.instant()));

      assertThat(lake.lake.sweepRaw(Duration.ofDays(7), true)).isEqualTo(new Sweep(1, 5));
      assertThat(copies).allMatch(Files::exists);
      assertThat(lake.lake.sweepRaw(Duration.ofDays(7), false)).isEqualTo(new Sweep(1, 5));

      assertThat(copies.getFirst()).doesNotExist();
      assertThat(copies.getLast()).exists();
    }
  }

  private long files() throws IOException {
    try (var all = Files.walk(folder.resolve("lake"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
