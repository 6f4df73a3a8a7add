package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.store.Pointer;
import dev.tarn.store.TableState;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a branch made becomes main's, for Tarn and for other Iceberg clients.
final class MergeTest {
  private static final TableName FRESH = TableName.parse("gold.fresh");
  private static final TableSpec SPEC = TableSpec.of(ORDER);

  @TempDir Path folder;
  private TestLake main;
  private Lake branch;

  @BeforeEach
  void a_branch() {
    main = TestLake.in(folder);
    main.append(ORDERS, SPEC, "SELECT 1::BIGINT AS id, 'placed' AS status");
    main.clock.advance(Duration.ofHours(1));
    main.store.write(tx -> tx.branches().create("fix", main.clock.instant()));
    branch = main.lake.on(record());
  }

  @AfterEach
  void close() {
    main.close();
  }

  private BranchRecord record() {
    return main.store.read(tx -> tx.branches().find("fix").orElseThrow());
  }

  private void append(TableName table, String query, Consumed... taken) {
    try (Branch work = branch.branch(taken.length == 0 ? main.run() : taken[0].run())) {
      main.stageAppend(work, table, SPEC, query);
      work.consume(List.of(taken));
      work.publish();
    }
  }

  private List<Fork> moved() {
    BranchRecord record = record();
    return main.store.read(tx -> tx.branches().forks(record)).stream()
        .filter(fork -> fork.onBranch() != Fork.Since.SAME)
        .toList();
  }

  private void merge() {
    main.lake.merge(record(), moved(), main.run()).publish(_ -> {}, _ -> {});
  }

  @Test
  void another_client_sees_main_without_the_branch_the_branch_under_its_name_and_then_the_merge() {
    append(ORDERS, "SELECT 2::BIGINT AS id, 'lost' AS status");
    append(FRESH, "SELECT 3::BIGINT AS id, 'new' AS status");
    String url = "jdbc:sqlite:" + folder.resolve("tarn.db");

    try (OtherClients others = new OtherClients(folder);
        OtherClients onBranch = new OtherClients(url, folder.resolve("lake"), "tarn@fix")) {
      assertThat(others.rows(ORDERS)).containsExactly("1|placed");
      assertThat(others.catalog().tableExists(OtherClients.identifier(FRESH))).isFalse();
      assertThat(onBranch.rows(ORDERS)).containsExactly("1|placed", "2|lost");
      assertThat(onBranch.rows(FRESH)).containsExactly("3|new");

      merge();

      assertThat(others.rows(ORDERS)).containsExactly("1|placed", "2|lost");
      assertThat(others.rows(FRESH)).containsExactly("3|new");
    }
  }

  @Test
  void the_past_of_main_is_what_main_showed_then() {
    main.clock.advance(Duration.ofHours(1));
    append(ORDERS, "SELECT 2::BIGINT AS id, 'lost' AS status");
    main.clock.advance(Duration.ofHours(1));
    Instant afterTheBranch = main.clock.instant();
    main.clock.advance(Duration.ofHours(1));
    merge();

    LakeTable table = main.lake.find(ORDERS).orElseThrow();
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.version(new AsOf.Time(afterTheBranch)).rows()).isEqualTo(1);
    assertThat(table.history()).hasSize(2);
    main.append(ORDERS, SPEC, "SELECT 9::BIGINT AS id, 'more' AS status");
    assertThat(main.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(3);
  }

  @Test
  void whoever_was_made_from_the_branchs_version_counts_as_made_from_mains() {
    append(ORDERS, "SELECT 2::BIGINT AS id, 'lost' AS status");
    String made = branch.versions().get(ORDERS);
    TableState state =
        new TableState(
            FRESH,
            "f",
            "elsewhere",
            Map.of(ORDERS.toString(), made),
            main.run(),
            main.clock.instant(),
            0,
            0,
            "");
    main.store.on(record()).write(tx -> tx.states().put(state));

    merge();

    TableState merged = main.store.read(tx -> tx.states().find(FRESH).orElseThrow());
    assertThat(merged.inputs()).containsEntry(ORDERS.toString(), main.lake.versions().get(ORDERS));
    assertThat(main.lake.versions().get(ORDERS)).isNotEqualTo(made);
    assertThat(branch.versions()).isEqualTo(main.lake.versions());
  }

  @Test
  void another_programs_commit_meanwhile_is_not_lost() {
    append(ORDERS, "SELECT 2::BIGINT AS id, 'lost' AS status");
    List<Fork> moved = moved();
    main.append(ORDERS, SPEC, "SELECT 7::BIGINT AS id, 'other' AS status");

    assertThatThrownBy(() -> main.lake.merge(record(), moved, main.run()).publish(_ -> {}, _ -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("another program changed silver.orders");

    assertThat(main.rows(ORDERS)).hasSize(2);
  }

  @Test
  void after_a_lost_database_main_is_found_without_what_was_never_merged() throws Exception {
    RunId run = main.run();
    append(ORDERS, "SELECT 2::BIGINT AS id, 'lost' AS status", taken("a.csv", run));
    main.clock.advance(Duration.ofHours(1));
    merge();
    main.clock.advance(Duration.ofHours(1));
    append(ORDERS, "SELECT 3::BIGINT AS id, 'only there' AS status", taken("b.csv", main.run()));
    append(FRESH, "SELECT 4::BIGINT AS id, 'only there' AS status");
    main.store.close();
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("tarn.db" + part));
    }

    try (TestLake found = TestLake.in(folder)) {
      found.lake.rebuild();

      assertThat(found.rows(ORDERS)).hasSize(2);
      assertThat(found.lake.tables()).containsExactly(ORDERS);
      assertThat(found.lake.consumed(ORDERS)).extracting(Consumed::item).containsExactly("a.csv");
    }
  }

  private Consumed taken(String item, RunId run) {
    Instant now = main.clock.instant();
    return new Consumed(ORDERS, item, item, 1, now, "", "taken", 1, 0, run, now);
  }

  @Test
  void what_only_the_branch_needs_is_no_orphan_and_is_one_once_it_is_dropped() {
    append(FRESH, "SELECT 3::BIGINT AS id, 'new' AS status");
    main.clock.advance(Duration.ofDays(900));

    assertThat(main.lake.sweepOrphans(Duration.ZERO).files()).isZero();
    assertThat(main.lake.scrub().damaged()).isEmpty();
    assertThat(branch.find(FRESH).map(LakeTable::rows)).isEqualTo(Optional.of(1L));

    BranchRecord record = record();
    main.store.write(tx -> tx.branches().drop(record, main.clock.instant()));
    assertThat(main.lake.sweepOrphans(Duration.ZERO).files()).isZero();
    main.clock.advance(Duration.ofHours(1));
    main.lake.forgetBranches(Duration.ofMinutes(30));

    assertThat(main.lake.sweepOrphans(Duration.ZERO).files()).isPositive();
    assertThat(main.rows(ORDERS)).hasSize(1);
    assertThat(main.store.read(tx -> tx.pointers().everywhere()).stream().map(Pointer::name))
        .containsExactly(ORDERS);
  }
}
