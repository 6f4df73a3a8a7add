package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.FileRecord;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);

  @TempDir Path folder;

  @Test
  void a_published_table_is_read_back() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(
          ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status UNION ALL SELECT 2, 'shipped'");

      assertThat(lake.rows(ORDERS)).containsExactly("1|placed", "2|shipped");
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(2);
      assertThat(lake.lake.tables()).containsExactly(ORDERS);
    }
  }

  @Test
  void what_is_staged_is_seen_on_its_branch_alone() {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");

      assertThat(lake.duckdb.rows(branch.find(ORDERS).orElseThrow().scan()))
          .containsExactly("1|placed");
      assertThat(lake.lake.find(ORDERS)).isEmpty();
    }
  }

  @Test
  void a_replacement_keeps_the_history() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      lake.replace(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");

      assertThat(lake.rows(ORDERS)).containsExactly("2|shipped");
      List<SnapshotInfo> history = lake.lake.history(ORDERS);
      assertThat(history).hasSize(2);
      AsOf first = new AsOf.Snapshot(history.getLast().id());
      assertThat(lake.duckdb.rows(lake.lake.find(ORDERS).orElseThrow().scan(first)))
          .containsExactly("1|placed");
    }
  }

  @Test
  void appended_rows_join_those_that_are_there() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      lake.append(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");

      assertThat(lake.rows(ORDERS)).containsExactly("1|placed", "2|shipped");
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(2);
    }
  }

  @Test
  void what_was_staged_and_replaced_before_the_publish_leaves_no_files() throws IOException {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'bad' AS status");
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 2 AS id, 'good' AS status");
      branch.publish(_ -> {});

      Set<String> known =
          lake.store.read(read -> read.files().all()).stream()
              .map(FileRecord::path)
              .collect(Collectors.toSet());
      try (Stream<Path> files = Files.walk(lake.lake.warehouse())) {
        assertThat(files.filter(Files::isRegularFile).map(Path::toString))
            .containsExactlyInAnyOrderElementsOf(known);
      }
    }
  }

  @Test
  void a_table_can_be_staged_several_times_on_one_branch() {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'bad' AS status");
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 2 AS id, 'good' AS status");
      lake.stageAppend(branch, ORDERS, SPEC, "SELECT 3 AS id, 'more' AS status");
      branch.publish(_ -> {});

      assertThat(lake.rows(ORDERS)).containsExactly("2|good", "3|more");
    }
  }

  @Test
  void an_empty_replacement_empties_the_table() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      lake.replace(ORDERS, SPEC);

      assertThat(lake.rows(ORDERS)).isEmpty();
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isZero();
    }
  }

  @Test
  void an_empty_table_can_be_made() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC);

      assertThat(lake.rows(ORDERS)).isEmpty();
      assertThat(lake.lake.find(ORDERS).orElseThrow().schema()).isEqualTo(ORDER);
    }
  }

  @Test
  void an_append_of_nothing_makes_no_new_version() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      var before = lake.lake.versions();
      lake.append(ORDERS, SPEC);

      assertThat(lake.lake.versions()).isEqualTo(before);
    }
  }

  @Test
  void all_tables_of_a_branch_appear_together_or_not_at_all() {
    TableName other = TableName.parse("gold.daily");
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      Branch late = lake.branch();
      lake.stageReplace(late, ORDERS, SPEC, "SELECT 9 AS id, 'late' AS status");
      lake.stageReplace(late, other, SPEC, "SELECT 9 AS id, 'late' AS status");
      lake.replace(ORDERS, SPEC, "SELECT 2 AS id, 'early' AS status");

      assertThatThrownBy(() -> late.publish(_ -> {}))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.RETRY));

      assertThat(lake.rows(ORDERS)).containsExactly("2|early");
      assertThat(lake.lake.find(other)).isEmpty();
      late.close();
    }
  }

  @Test
  void what_is_written_alongside_is_published_with_the_tables() {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      branch.publish(transaction ->
          transaction.notes().put("seen", branch.find(ORDERS).orElseThrow().metadataLocation()));

      assertThat(lake.lake.note("seen"))
          .contains(lake.lake.find(ORDERS).orElseThrow().metadataLocation());
    }
  }

  @Test
  void when_alongside_fails_nothing_is_published_and_nothing_is_left_behind() throws IOException {
    try (TestLake lake = TestLake.in(folder)) {
      try (Branch branch = lake.branch()) {
        lake.stageReplace(branch, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
        assertThatThrownBy(() ->
                branch.publish(_ -> {
                  throw Failure.input("no");
                }))
            .hasMessageContaining("no");
      }

      assertThat(lake.lake.find(ORDERS)).isEmpty();
      try (Stream<Path> all = Files.walk(lake.lake.warehouse())) {
        assertThat(all.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void names_with_anything_in_them_are_kept_and_folders_stay_plain() {
    TableName odd = new TableName("söme layer", "täble \"x\"/../%2F select");
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(odd, SPEC, "SELECT 1 AS id, 'placed' AS status");

      assertThat(lake.rows(odd)).containsExactly("1|placed");
      String place =
          lake.lake
              .warehouse()
              .relativize(Path.of(lake.lake.find(odd).orElseThrow().metadataLocation()))
              .toString();
      assertThat(place).matches("[a-zA-Z0-9_./-]+").doesNotContain("..");
    }
  }

  @Test
  void appends_of_many_threads_all_arrive() throws InterruptedException {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC);
      List<Thread> threads =
          Stream.iterate(0, i -> i + 1)
              .limit(5)
              .map(i -> Thread.ofPlatform().unstarted(() -> appendTen(lake, i)))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(lake.rows(ORDERS)).hasSize(50).doesNotHaveDuplicates();
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(50);
    }
  }

  private static void appendTen(TestLake lake, int thread) {
    try (DuckDbFiles duckdb = new DuckDbFiles()) {
      for (int i = 0; i < 10; i++) {
        try (Branch branch =
            lake.lake.branch(
                dev.tarn.vocabulary.RunId.next(
                    lake.clock.instant(), new java.util.SplittableRandom(thread * 100 + i)))) {
          WriteTarget target = branch.append(ORDERS, SPEC);
          branch.stage(
              target,
              List.of(
                  duckdb.write(
                      target, "SELECT " + (thread * 10 + i) + " AS id, 'x' AS status", List.of())));
          branch.publish(_ -> {});
        }
      }
    }
  }
}
