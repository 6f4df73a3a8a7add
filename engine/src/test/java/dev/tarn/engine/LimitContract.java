package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every engine must do when it is stopped, or has too little memory or disk.
public abstract class LimitContract extends EngineFixture {
  @Test
  void cancel_stops_a_statement_from_another_thread() throws InterruptedException {
    Thread canceller = Thread.ofPlatform().unstarted(() -> connection.cancel());

    Failure failure =
        failure(() ->
            connection.stream(
                "SELECT a.range FROM range(10000000) a, range(10000000) b",
                new RowSink() {
                  @Override
                  public void columns(List<EngineColumn> columns) {
                    canceller.start();
                  }

                  @Override
                  public void row(List<Object> values) {}
                }));
    canceller.join();

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(value("SELECT 42")).isEqualTo(42);
  }

  @Test
  void interrupting_the_caller_stops_its_statement() throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                connection.query(
                    "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = 3",
                    1);
              } catch (Failure failure) {
                thrown.add(failure);
              }
            });
    caller.join();

    assertThat(thrown)
        .singleElement()
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.RETRY));
    assertThat(value("SELECT 42")).isEqualTo(42);
  }

  @Test
  void sessions_beside_come_and_go_while_tables_are_made_readable() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger sessions = new AtomicInteger();
    Thread beside =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                session.beside().close();
                sessions.incrementAndGet();
              }
            });

    long sum = 0;
    for (int i = 0; i < 300 || sessions.get() < 300; i++) {
      TableName name = TableName.parse("silver.t" + i % 50);
      Column number = Column.of("n", Type.Primitive.BIGINT);
      session.exposeRows(name, new Schema(List.of(number)), List.of(List.of((long) i)));
      sum += (long) value("SELECT n FROM " + name) == i ? 0 : 1;
    }
    done.set(true);
    beside.join();

    assertThat(sum).isZero();
  }

  @Test
  void statements_go_on_while_the_session_gets_more_and_less_crowded() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread crowding =
        Thread.ofPlatform()
            .start(() -> {
              for (int atOnce = 1; !done.get(); atOnce = 100 - atOnce) {
                session.crowd(atOnce);
              }
            });

    long wrong = 0;
    for (int i = 0; i < 100; i++) {
      wrong +=
          (long) value("SELECT count(DISTINCT range % 1000) FROM range(200000)") == 1000 ? 0 : 1;
    }
    done.set(true);
    crowding.join();

    assertThat(wrong).isZero();
  }

  @Test
  void results_larger_than_memory_spill_and_leave_nothing_behind() {
    try (Engine small =
            engine(
                new EngineSettings(
                    new ByteSize(80L << 20),
                    2,
                    folder.resolve("a/b/spill"),
                    new ByteSize(4L << 30)));
        EngineSession own = small.open();
        EngineConnection narrow = own.connect()) {
      narrow.execute(
          "CREATE TEMP TABLE t AS SELECT range, md5(range::VARCHAR) AS m FROM range(3000000)");

      assertThat(narrow.query("SELECT count(m) FROM t", 1).rows().get(0).get(0))
          .isEqualTo(3_000_000L);
    }
    assertThat(folder.resolve("a/b/spill")).isEmptyDirectory();
  }

  @Test
  void disk_that_spilling_may_not_take_is_a_failure_to_try_again() {
    try (Engine small =
            engine(
                new EngineSettings(
                    new ByteSize(80L << 20), 2, folder.resolve("spill"), new ByteSize(1L << 20)));
        EngineSession own = small.open();
        EngineConnection narrow = own.connect()) {
      String sql =
          "CREATE TEMP TABLE t AS SELECT range, md5(range::VARCHAR) AS m FROM range(3000000)";

      assertThat(failure(() -> narrow.execute(sql)).remedy()).isEqualTo(Remedy.RETRY);
      assertThat(narrow.query("SELECT 1", 1).rows()).hasSize(1);
    }
  }
}
