package dev.tarn.store;

import static dev.tarn.store.Given.IMPATIENT;
import static dev.tarn.store.Given.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What holds of transactions and migrations on either database.
interface TransactionsContract {
  /// Where there is no database yet, or an empty one; the same place each time within one test.
  MetadataLocation location();

  @Test
  default void a_failed_transaction_leaves_nothing() {
    try (MetadataStore store = Given.open(location())) {
      assertThatThrownBy(() ->
              store.write(tx -> {
                tx.notes().put("a", "1");
                throw new IllegalArgumentException("changed my mind");
              }))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(note(store, "a")).isEmpty();
      store.write(tx -> tx.notes().put("b", "2"));
      assertThat(note(store, "b")).contains("2");
    }
  }

  @Test
  default void a_statement_that_failed_cannot_be_swallowed() {
    try (MetadataStore store = Given.open(location())) {
      assertThatThrownBy(() ->
              store.write(tx -> {
                tx.notes().put("a", "1");
                swallow(() -> ((SqlTransaction) tx).sql().define("NOT SQL"));
              }))
          .isInstanceOf(Failure.class);

      assertThat(note(store, "a")).isEmpty();
    }
  }

  private static void swallow(Runnable work) {
    try {
      work.run();
    } catch (SqlProblem _) {
      // As careless code would.
    }
  }

  @Test
  default void a_transaction_is_of_no_use_after_its_end_nor_within_another() {
    try (MetadataStore store = Given.open(location())) {
      Transaction kept = store.transact(tx -> tx);

      assertThatThrownBy(() -> kept.notes().find("a")).hasMessageContaining("after its end");
      assertThatThrownBy(() -> store.write(_ -> store.write(tx -> tx.notes().put("a", "1"))))
          .hasMessageContaining("within another");
    }
  }

  @Test
  default void a_reader_sees_what_is_committed_while_another_writes() {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));

      Optional<String> during =
          store.transact(tx -> {
            tx.notes().put("a", "2");
            return note(store, "a");
          });

      assertThat(during).contains("1");
      assertThat(note(store, "a")).contains("2");
    }
  }

  @Test
  default void a_reader_sees_one_picture() {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));

      List<Optional<String>> seen =
          store.read(tx -> {
            var first = tx.notes().find("a");
            store.write(other -> other.notes().put("a", "2"));
            return List.of(first, tx.notes().find("a"));
          });

      assertThat(seen).containsExactly(Optional.of("1"), Optional.of("1"));
    }
  }

  @Test
  default void four_who_swap_at_once_move_the_pointer_once_for_each_swap() throws Exception {
    int threads = 4;
    int swaps = 100;
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "0")));
    }
    AtomicInteger refused = new AtomicInteger();

    inParallel(
        threads,
        () -> {
          try (MetadataStore own = Given.open(location())) {
            for (int done = 0; done < swaps; ) {
              if (advance(own)) {
                done++;
              } else {
                refused.incrementAndGet();
              }
            }
          }
          return true;
        });

    try (MetadataStore store = Given.open(location())) {
      assertThat(current(store)).isEqualTo("" + threads * swaps);
    }
  }

  /// Reads outside of the transaction, as a publish does, so that swaps collide.
  private static boolean advance(MetadataStore store) {
    String seen = current(store);
    String next = "" + (Integer.parseInt(seen) + 1);
    return store.transact(tx -> tx.pointers().swap(ORDERS, seen, next));
  }

  private static String current(MetadataStore store) {
    return store.read(tx -> tx.pointers().find(ORDERS).orElseThrow().metadataLocation());
  }

  @Test
  default void two_who_swap_several_pointers_in_any_order_both_end() throws Exception {
    TableName other = TableName.parse("gold.daily");
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "0")));
      store.write(tx -> tx.pointers().insert(Pointer.table(other, "0")));
      AtomicInteger turn = new AtomicInteger();

      inParallel(
          2,
          () -> {
            boolean forward = turn.getAndIncrement() == 0;
            try (MetadataStore own = Given.open(location())) {
              for (int i = 0; i < 50; i++) {
                own.write(tx -> bump(tx, forward ? ORDERS : other, forward ? other : ORDERS));
              }
            }
            return true;
          });

      assertThat(current(store)).isEqualTo("100");
    }
  }

  private static void bump(Transaction tx, TableName... tables) {
    for (TableName table : tables) {
      boolean swapped = false;
      while (!swapped) {
        String seen = tx.pointers().find(table).orElseThrow().metadataLocation();
        swapped = tx.pointers().swap(table, seen, "" + (Integer.parseInt(seen) + 1));
      }
    }
  }

  @Test
  default void many_who_open_a_new_database_at_once_make_it_once() throws Exception {
    inParallel(
        6,
        () -> {
          try (MetadataStore own = Given.open(location())) {
            own.write(tx -> tx.notes().put("a", "1"));
          }
          return true;
        });

    try (MetadataStore store = Given.open(location())) {
      assertThat(note(store, "a")).contains("1");
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  default void a_lost_reply_to_a_commit_is_told_apart_and_the_commit_counts() {
    AtomicReference<String> break_ = new AtomicReference<>("");
    try (MetadataStore store =
        Given.open(location(), StoreSettings.DEFAULT, breaking(break_), Migrations.RELEASED)) {
      break_.set("after");

      assertThatThrownBy(() -> store.write(tx -> tx.notes().put("a", "1")))
          .isInstanceOf(CommitOutcomeUnknown.class);

      assertThat(note(store, "a")).contains("1");
      break_.set("");
      store.write(tx -> tx.notes().put("a", "2"));
      assertThat(note(store, "a")).contains("2");
    }
  }

  @Test
  default void a_commit_that_never_arrived_is_told_apart_and_does_not_count() {
    AtomicReference<String> break_ = new AtomicReference<>("");
    try (MetadataStore store =
        Given.open(location(), StoreSettings.DEFAULT, breaking(break_), Migrations.RELEASED)) {
      break_.set("before");

      assertThatThrownBy(() -> store.write(tx -> tx.notes().put("a", "1")))
          .isInstanceOf(CommitOutcomeUnknown.class);

      assertThat(note(store, "a")).isEmpty();
      break_.set("");
      store.write(tx -> tx.notes().put("a", "2"));
      assertThat(note(store, "a")).contains("2");
    }
  }

  @Test
  default void work_that_may_be_done_twice_is_done_until_the_database_answers() {
    AtomicInteger lost = new AtomicInteger();
    CommitSeam seam =
        new CommitSeam() {
          @Override
          public void after() throws SQLException {
            if (lost.incrementAndGet() <= 3) {
              throw new SQLException("the wire was cut", "08006");
            }
          }
        };
    try (MetadataStore store =
        Given.open(location(), StoreSettings.DEFAULT, seam, Migrations.RELEASED)) {
      store.writeAgain(tx -> tx.notes().put("a", "1"));

      assertThat(note(store, "a")).contains("1");
      assertThat(lost).hasValue(4);
    }
  }

  @Test
  default void a_database_that_never_answers_is_a_matter_of_trying_again() {
    AtomicReference<String> break_ = new AtomicReference<>("before");
    try (MetadataStore store =
        Given.open(location(), StoreSettings.DEFAULT, breaking(break_), Migrations.RELEASED)) {
      assertThatThrownBy(() -> store.writeAgain(tx -> tx.notes().put("a", "1")))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.RETRY));
    }
  }

  private static CommitSeam breaking(AtomicReference<String> when) {
    return new CommitSeam() {
      @Override
      public void before() throws SQLException {
        breakWhen("before");
      }

      @Override
      public void after() throws SQLException {
        breakWhen("after");
      }

      private void breakWhen(String now) throws SQLException {
        if (now.equals(when.get())) {
          throw new SQLException("the wire was cut", "08006");
        }
      }
    };
  }

  @Test
  default void a_database_of_a_newer_version_is_refused_and_left_alone() {
    Migrations newer = Extra.migrations(tx -> tx.define("CREATE TABLE tarn_future (a {text})"));
    Given.open(location(), IMPATIENT, CommitSeam.NONE, newer).close();

    assertThatThrownBy(() -> Given.open(location()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
              assertThat(failure)
                  .hasMessageContaining("version " + newer.newest())
                  .hasMessageContaining("version " + Migrations.RELEASED.newest());
            });
  }

  @Test
  default void an_older_database_is_brought_up_to_date_with_all_that_is_in_it() {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));
    }
    Migrations newer = Extra.migrations(tx -> tx.define("CREATE TABLE tarn_future (a {text})"));

    try (MetadataStore store = Given.open(location(), IMPATIENT, CommitSeam.NONE, newer)) {
      assertThat(note(store, "a")).contains("1");
      store.write(tx -> ((SqlTransaction) tx).sql().change("INSERT INTO tarn_future VALUES ('x')"));
    }
  }

  @Test
  default void a_migration_that_fails_leaves_the_old_version() {
    try (MetadataStore store = Given.open(location())) {
      store.write(tx -> tx.notes().put("a", "1"));
    }
    Migrations broken =
        Extra.migrations(tx -> {
          tx.define("CREATE TABLE tarn_future (a {text})");
          tx.define("DROP TABLE tarn_notes");
          tx.define("NOT SQL");
        });

    assertThatThrownBy(() -> Given.open(location(), IMPATIENT, CommitSeam.NONE, broken))
        .isInstanceOf(Failure.class);

    try (MetadataStore store = Given.open(location())) {
      assertThat(note(store, "a")).contains("1");
    }
  }

  static Optional<String> note(MetadataStore store, String key) {
    return store.read(tx -> tx.notes().find(key));
  }

  private static void inParallel(int threads, Callable<Boolean> work) throws Exception {
    try (var executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(work));
      }
      for (Future<Boolean> one : all) {
        one.get();
      }
    }
  }
}
