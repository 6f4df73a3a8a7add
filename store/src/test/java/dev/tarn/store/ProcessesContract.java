package dev.tarn.store;

import static dev.tarn.store.Given.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Several processes, some of which are killed.
interface ProcessesContract {
  /// Where there is no database yet, or an empty one; the same place each time within one test.
  MetadataLocation location();

  @Test
  default void a_process_killed_within_a_transaction_leaves_nothing_of_it() throws Exception {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));
      store.write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "1")));
    }

    try (Child child = Child.that("writes and waits", location())) {
      assertThat(child.says()).isEqualTo("wrote");
      child.kill();
    }

    try (MetadataStore store = Given.open(location())) {
      assertThat(TransactionsContract.note(store, "a")).contains("1");
      store.write(tx -> assertThat(tx.pointers().swap(ORDERS, "1", "2")).isTrue());
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  default void a_process_killed_after_a_commit_leaves_all_of_it() throws Exception {
    try (Child child = Child.that("commits and waits", location())) {
      assertThat(child.says()).isEqualTo("committed");
      child.kill();
    }

    try (MetadataStore store = Given.open(location())) {
      assertThat(TransactionsContract.note(store, "a")).contains("whole");
    }
  }

  @Test
  default void a_process_killed_within_a_migration_leaves_the_old_version() throws Exception {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));
    }

    try (Child child = Child.that("migrates and waits", location())) {
      assertThat(child.says()).isEqualTo("half migrated");
      child.kill();
    }

    try (MetadataStore store = Given.open(location())) {
      assertThat(TransactionsContract.note(store, "a")).contains("1");
      assertThat(store.verify()).isEmpty();
    }
    Migrations again = Extra.migrations(tx -> tx.define("CREATE TABLE tarn_future (a {text})"));
    Given.open(location(), StoreSettings.DEFAULT, CommitSeam.NONE, again).close();
  }

  @Test
  default void a_process_killed_within_the_first_migration_leaves_an_empty_place()
      throws Exception {
    try (Child child = Child.that("migrates and waits", location())) {
      assertThat(child.says()).isEqualTo("half migrated");
      child.kill();
    }

    try (MetadataStore store = Given.open(location())) {
      assertThat(TransactionsContract.note(store, "a")).isEmpty();
    }
  }

  @Test
  default void a_second_process_may_not_run_and_is_told_who_does() throws Exception {
    try (MetadataStore store = Given.open(location());
        Child child = Child.that("runs and waits", location())) {
      assertThat(child.says()).isEqualTo("running");

      assertThatThrownBy(() -> store.lockRuns(Duration.ZERO, _ -> {}))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
                assertThat(failure).hasMessageContaining("run " + Given.RUN);
              });

      child.end();
      store.lockRuns(Duration.ZERO, _ -> {}).close();
    }
  }

  @Test
  default void a_killed_process_holds_the_lock_no_longer() throws Exception {
    try (MetadataStore store = Given.open(location());
        Child child = Child.that("runs and waits", location())) {
      assertThat(child.says()).isEqualTo("running");
      child.kill();

      store.lockRuns(Duration.ofSeconds(20), _ -> {}).close();
    }
  }

  @Test
  default void who_waits_for_the_lock_says_so_once_and_gets_it() throws Exception {
    List<String> said = new ArrayList<>();
    CountDownLatch waiting = new CountDownLatch(1);
    try (MetadataStore store = Given.open(location());
        Child child = Child.that("runs and waits", location());
        var executor = Executors.newSingleThreadExecutor()) {
      assertThat(child.says()).isEqualTo("running");

      var lock =
          executor.submit(() ->
              store.lockRuns(
                  Duration.ofSeconds(60),
                  text -> {
                    said.add(text);
                    waiting.countDown();
                  }));
      waiting.await();
      child.end();

      lock.get().close();
      assertThat(said).singleElement().asString().contains("run " + Given.RUN);
    }
  }

  @Test
  default void two_in_one_process_exclude_each_other_and_still_all_other_processes()
      throws Exception {
    try (MetadataStore store = Given.open(location());
        MetadataStore other = Given.open(location());
        RunLock lock = store.lockRuns(Duration.ZERO, _ -> {})) {
      assertThatThrownBy(() -> other.lockRuns(Duration.ZERO, _ -> {}))
          .hasMessageContaining("another run is going on");
      assertThatThrownBy(() -> store.lockRuns(Duration.ZERO, _ -> {}))
          .hasMessageContaining("another run is going on");

      try (Child child = Child.that("tries to run", location())) {
        assertThat(child.says()).startsWith("refused");
      }
      assertThat(lock.held()).isTrue();
      lock.close();
      assertThat(lock.held()).isFalse();
      other.lockRuns(Duration.ZERO, _ -> {}).close();
    }
  }
}
