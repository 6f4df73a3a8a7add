package dev.tarn.store;

import static dev.tarn.store.Given.CLICKS;
import static dev.tarn.store.Given.NOW;
import static dev.tarn.store.Given.ORDERS;
import static dev.tarn.store.Given.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.Fork.Since;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Branches of main, on either database.
interface BranchesContract {
  MetadataLocation location();

  private MetadataStore filled() {
    MetadataStore store = Given.open(location());
    store.write(tx -> {
      tx.pointers().insert(Pointer.table(ORDERS, "orders-1"));
      tx.pointers().insert(Pointer.table(CLICKS, "clicks-1"));
      tx.consumed().add(List.of(Given.consumed("a.csv", "aa", NOW)));
      tx.states().put(state(ORDERS, "orders-1", RUN));
      tx.runs().begin(RunRecord.begun(RUN, "run", NOW, 1, "here"));
      tx.runs().end(RUN, RunState.SUCCEEDED, NOW, "");
      tx.checks().add(RUN, List.of(Given.check(ORDERS, "unique_id", List.of())));
    });
    return store;
  }

  private static TableState state(TableName table, String location, RunId run) {
    return new TableState(table, "f1", location, Map.of(), run, NOW, 1, 1, "");
  }

  private static MetadataStore branch(MetadataStore store, String name) {
    store.write(tx -> tx.branches().create(name, NOW));
    return store.on(record(store, name));
  }

  private static BranchRecord record(MetadataStore store, String name) {
    return store.read(tx -> tx.branches().find(name).orElseThrow());
  }

  private static Map<TableName, Fork> forks(MetadataStore store, String name) {
    BranchRecord branch = record(store, name);
    return store.read(tx -> tx.branches().forks(branch)).stream()
        .collect(Collectors.toMap(Fork::table, Function.identity()));
  }

  private static Optional<String> at(MetadataStore store, TableName table) {
    return store.read(tx -> tx.pointers().find(table).map(Pointer::metadataLocation));
  }

  @Test
  default void a_branch_has_all_that_main_has() {
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "pr/1");

      assertThat(at(branch, ORDERS)).contains("orders-1");
      assertThat(branch.<List<?>>read(tx -> tx.pointers().all())).hasSize(2);
      assertThat(branch.<Set<String>>read(tx -> tx.consumed().versions(CLICKS)))
          .containsExactly("aa");
      assertThat(branch.<List<?>>read(tx -> tx.states().all())).hasSize(1);
      assertThat(branch.<List<?>>read(tx -> tx.runs().latest(9))).hasSize(1);
      assertThat(branch.<List<?>>read(tx -> tx.checks().ofTable(ORDERS, 9))).hasSize(1);
      assertThat(record(main, "pr/1").parted()).contains(RUN);
      assertThat(forks(main, "pr/1").values())
          .allMatch(fork -> fork.onMain() == Since.SAME && fork.onBranch() == Since.SAME);
    }
  }

  @Test
  default void a_name_is_taken_once_and_free_again_when_its_branch_is_dropped() {
    try (MetadataStore main = filled()) {
      MetadataStore first = branch(main, "fix");
      BranchRecord dropped = record(main, "fix");
      assertThat(main.<Boolean>transact(tx -> tx.branches().create("fix", NOW))).isFalse();

      main.write(tx -> tx.branches().drop(dropped, NOW));
      MetadataStore second = branch(main, "fix");

      assertThat(record(main, "fix").id()).isNotEqualTo(dropped.id());
      assertThat(at(second, ORDERS)).contains("orders-1");
      assertThatThrownBy(() -> at(first, ORDERS))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("no branch 'fix' any more");
      assertThatThrownBy(() -> first.write(tx -> tx.pointers().swap(ORDERS, "orders-1", "x")))
          .isInstanceOf(Failure.class);
    }
  }

  @Test
  default void what_is_written_on_one_side_the_other_does_not_see() {
    RunId later = Given.run(5);
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "fix");

      branch.write(tx -> {
        tx.pointers().swap(ORDERS, "orders-1", "orders-2");
        tx.consumed().add(List.of(Given.consumed("b.csv", "bb", NOW)));
        tx.states().put(state(ORDERS, "orders-2", later));
        tx.runs().begin(RunRecord.begun(later, "run", NOW, 1, "here"));
        tx.notes().put("a", "branch");
      });
      main.write(tx -> tx.consumed().removeAll(CLICKS));

      assertThat(at(main, ORDERS)).contains("orders-1");
      assertThat(main.<List<?>>read(tx -> tx.runs().running())).isEmpty();
      assertThat(main.<List<?>>read(tx -> tx.runs().runningEverywhere())).hasSize(1);
      assertThat(main.<List<?>>read(tx -> tx.runs().latest(9))).hasSize(1);
      assertThat(main.<Optional<String>>read(tx -> tx.notes().find("a"))).isEmpty();
      assertThat(branch.<Set<String>>read(tx -> tx.consumed().versions(CLICKS)))
          .containsExactlyInAnyOrder("aa", "bb");
      assertThat(main.<Set<String>>read(tx -> tx.consumed().versionsOfBranches()))
          .containsExactlyInAnyOrder("aa", "bb");
      assertThat(main.<List<Pointer>>read(tx -> tx.pointers().everywhere()))
          .extracting(Pointer::metadataLocation)
          .containsExactlyInAnyOrder("orders-1", "orders-2", "clicks-1");
      assertThat(main.read(tx -> tx.states().find(ORDERS).orElseThrow()).metadataLocation())
          .isEqualTo("orders-1");
    }
  }

  @Test
  default void it_is_known_which_side_moved_and_that_a_look_at_the_same_file_moves_nothing() {
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "fix");
      TableName fresh = TableName.parse("gold.fresh");

      branch.write(tx -> {
        tx.pointers().insert(Pointer.table(fresh, "fresh-1"));
        tx.states().put(state(ORDERS, "orders-1", Given.run(6)));
      });
      main.write(tx -> tx.consumed().add(List.of(Given.consumed("b.csv", "bb", NOW))));

      Map<TableName, Fork> forks = forks(main, "fix");
      assertThat(forks.get(fresh).onBranch()).isEqualTo(Since.MOVED);
      assertThat(forks.get(fresh).parted()).isEmpty();
      assertThat(forks.get(ORDERS).onBranch()).isEqualTo(Since.RESTATED);
      assertThat(forks.get(CLICKS).onMain()).isEqualTo(Since.MOVED);
      assertThat(forks.get(CLICKS).onBranch()).isEqualTo(Since.SAME);
    }
  }

  @Test
  default void upkeep_of_main_moves_nothing() {
    try (MetadataStore main = filled()) {
      branch(main, "fix");

      main.write(tx -> {
        tx.pointers().swap(ORDERS, "orders-1", "orders-1-compacted");
        tx.branches().carryOver(ORDERS, "orders-1", "orders-1-compacted");
      });

      assertThat(forks(main, "fix").get(ORDERS).onMain()).isEqualTo(Since.SAME);
      assertThat(forks(main, "fix").get(ORDERS).parted()).contains("orders-1");
    }
  }

  @Test
  default void an_update_takes_mains_version_of_what_is_named_and_leaves_the_rest() {
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "fix");
      branch.write(tx -> tx.pointers().swap(ORDERS, "orders-1", "orders-2"));
      main.write(tx -> {
        tx.pointers().swap(CLICKS, "clicks-1", "clicks-9");
        tx.consumed().add(List.of(Given.consumed("b.csv", "bb", NOW)));
      });

      BranchRecord record = record(main, "fix");
      main.write(tx -> tx.branches().update(record, List.of(CLICKS), NOW));

      assertThat(at(branch, CLICKS)).contains("clicks-9");
      assertThat(branch.read(tx -> tx.pointers().find(CLICKS).orElseThrow()).previous())
          .contains("clicks-1");
      assertThat(branch.<Set<String>>read(tx -> tx.consumed().versions(CLICKS)))
          .containsExactlyInAnyOrder("aa", "bb");
      Map<TableName, Fork> forks = forks(main, "fix");
      assertThat(forks.get(CLICKS).onMain()).isEqualTo(Since.SAME);
      assertThat(forks.get(CLICKS).onBranch()).isEqualTo(Since.SAME);
      assertThat(forks.get(ORDERS).onBranch()).isEqualTo(Since.MOVED);
    }
  }

  @Test
  default void a_merge_makes_the_branchs_records_and_history_mains() {
    RunId later = Given.run(5);
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "fix");
      branch.write(tx -> {
        tx.consumed().add(List.of(Given.consumed("b.csv", "bb", NOW)));
        tx.runs().begin(RunRecord.begun(later, "run", NOW, 1, "here"));
        tx.runs().end(later, RunState.SUCCEEDED, NOW, "");
        tx.checks().add(later, List.of(Given.check(CLICKS, "unique_id", List.of())));
      });

      BranchRecord record = record(main, "fix");
      main.write(tx -> tx.branches().merge(record, List.of(CLICKS)));

      assertThat(main.<Set<String>>read(tx -> tx.consumed().versions(CLICKS)))
          .containsExactlyInAnyOrder("aa", "bb");
      assertThat(main.<List<?>>read(tx -> tx.consumed().ofTable(CLICKS))).hasSize(2);
      assertThat(main.<List<?>>read(tx -> tx.runs().latest(9))).hasSize(2);
      assertThat(main.<List<?>>read(tx -> tx.checks().ofTable(CLICKS, 9))).hasSize(1);
    }
  }

  @Test
  default void what_a_dropped_branch_named_is_needed_until_it_is_forgotten() {
    Instant later = NOW.plus(Duration.ofMinutes(5));
    try (MetadataStore main = filled()) {
      MetadataStore branch = branch(main, "fix");
      branch.write(tx -> tx.pointers().swap(ORDERS, "orders-1", "orders-2"));
      BranchRecord record = record(main, "fix");
      main.write(tx -> tx.branches().drop(record, NOW));

      main.write(tx -> tx.branches().forget(NOW));
      assertThat(main.<List<Pointer>>read(tx -> tx.pointers().everywhere()))
          .extracting(Pointer::metadataLocation)
          .contains("orders-2");
      assertThat(main.<Set<String>>read(tx -> tx.consumed().versionsOfBranches())).isEmpty();

      main.write(tx -> tx.branches().forget(later));
      assertThat(main.<List<Pointer>>read(tx -> tx.pointers().everywhere()))
          .extracting(Pointer::metadataLocation)
          .containsExactlyInAnyOrder("orders-1", "clicks-1");
    }
  }

  @Test
  default void runs_on_main_and_on_branches_do_not_wait_for_one_another() {
    try (MetadataStore main = filled()) {
      MetadataStore one = branch(main, "one");
      MetadataStore two = branch(main, "two");

      try (RunLock _ = main.lockRuns(Duration.ZERO, _ -> {});
          RunLock _ = one.lockRuns(Duration.ZERO, _ -> {});
          RunLock _ = two.lockRuns(Duration.ZERO, _ -> {})) {
        try (MetadataStore other = Given.open(location())) {
          MetadataStore same = other.on(record(other, "one"));
          assertThatThrownBy(() -> same.lockRuns(Duration.ZERO, _ -> {}))
              .isInstanceOf(Failure.class)
              .hasMessageContaining("another run is going on");
        }
      }
      one.lockRuns(Duration.ZERO, _ -> {}).close();
    }
  }

  @Test
  default void a_database_from_before_branches_is_all_main() {
    Migrations before = new Migrations(Migrations.RELEASED.all().subList(0, 4));
    try (MetadataStore old = Given.open(location(), Given.IMPATIENT, CommitSeam.NONE, before)) {
      old.write(tx -> {
        Sql sql = ((SqlTransaction) tx).sql();
        sql.change("INSERT INTO tarn_notes (name, content) VALUES ('a', '1')");
        sql.change(
            """
            INSERT INTO tarn_states (table_name, fingerprint, metadata_location, inputs, run, at, row_count,
              bytes, description)
            VALUES (?, 'f', 'orders-1', '', ?, ?, 7, 8, 'd')\
            """,
            ORDERS,
            RUN,
            NOW);
        sql.change(
            """
            INSERT INTO tarn_consumed (table_name, item, version, bytes, modified_ns, identity, outcome,
              row_count, rejected, run, at)
            VALUES (?, 'a.csv', 'aa', 1, 1, '', 'taken', 1, 0, ?, ?)\
            """,
            CLICKS,
            RUN,
            NOW);
        sql.change(
            """
            INSERT INTO tarn_parts (table_name, part, fingerprint, inputs, made, run, at, reason)
            VALUES (?, '2026-01', 'f', '', 1, ?, ?, '')\
            """,
            ORDERS,
            RUN,
            NOW);
      });
    }

    try (MetadataStore store = Given.open(location())) {
      assertThat(store.read(tx -> tx.states().find(ORDERS).orElseThrow()).rows()).isEqualTo(7);
      assertThat(store.<Optional<String>>read(tx -> tx.notes().find("a"))).contains("1");
      assertThat(store.<List<?>>read(tx -> tx.parts().ofTable(ORDERS))).hasSize(1);
      MetadataStore branch = branch(store, "fix");
      assertThat(branch.<Set<String>>read(tx -> tx.consumed().versions(CLICKS)))
          .containsExactly("aa");
      assertThat(store.verify()).isEmpty();
    }
  }
}
