package dev.tarn.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RunnerTest {
  private static final TableName A = TableName.parse("bronze.a");
  private static final TableName B = TableName.parse("silver.b");
  private static final TableName C = TableName.parse("silver.c");
  private static final TableName D = TableName.parse("gold.d");
  private static final StepWork WELL = _ -> StepOutcome.done(1, 10, "");

  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Duration> pauses = new ConcurrentLinkedQueue<>();

  @Test
  void a_step_begins_only_after_all_it_reads() {
    ConcurrentLinkedQueue<TableName> begun = new ConcurrentLinkedQueue<>();
    StepWork noting = WELL;

    Map<TableName, StepOutcome> outcomes =
        runner(2)
            .run(
                List.of(
                    new Step(D, Set.of(B, C), n -> noted(begun, D, noting, n)),
                    new Step(B, Set.of(A), n -> noted(begun, B, noting, n)),
                    new Step(C, Set.of(A), n -> noted(begun, C, noting, n)),
                    new Step(A, Set.of(), n -> noted(begun, A, noting, n))),
                _ -> {});

    assertThat(begun).startsWith(A).endsWith(D).hasSize(4);
    assertThat(outcomes.values()).allMatch(StepOutcome::succeeded);
  }

  @Test
  void steps_that_do_not_depend_on_each_other_go_on_at_once() {
    CyclicBarrier both = new CyclicBarrier(2);
    StepWork meeting =
        _ -> {
          await(both);
          return StepOutcome.done(1, 1, "");
        };

    Map<TableName, StepOutcome> outcomes =
        runner(2)
            .run(List.of(new Step(A, Set.of(), meeting), new Step(B, Set.of(), meeting)), _ -> {});

    assertThat(outcomes.values()).allMatch(StepOutcome::succeeded);
  }

  @Test
  void what_the_longest_way_begins_with_begins_first() {
    ConcurrentLinkedQueue<TableName> begun = new ConcurrentLinkedQueue<>();

    runner(1)
        .run(
            List.of(
                new Step(A, Set.of(), n -> noted(begun, A, WELL, n)),
                new Step(D, Set.of(C), n -> noted(begun, D, WELL, n)),
                new Step(B, Set.of(), n -> noted(begun, B, WELL, n)),
                new Step(C, Set.of(B), n -> noted(begun, C, WELL, n))),
            _ -> {});

    assertThat(begun).containsExactly(B, C, A, D);
  }

  @Test
  void how_many_steps_go_on_at_once_is_told() {
    List<Integer> atOnce = new ArrayList<>();

    runner(2)
        .run(
            List.of(
                new Step(A, Set.of(), WELL),
                new Step(B, Set.of(A), WELL),
                new Step(C, Set.of(A), WELL),
                new Step(D, Set.of(B, C), WELL)),
            atOnce::add);

    assertThat(atOnce).containsExactly(1, 2, 1, 1);
  }

  @Test
  void a_step_that_fails_stops_only_what_is_below_it() {
    Map<TableName, StepOutcome> outcomes =
        runner(2)
            .run(
                List.of(
                    new Step(
                        A,
                        Set.of(),
                        _ -> {
                          throw Failure.data("bad", "");
                        }),
                    new Step(B, Set.of(A), WELL),
                    new Step(D, Set.of(B), WELL),
                    new Step(C, Set.of(), WELL)),
                _ -> {});

    assertThat(outcomes.get(A).state()).isEqualTo(StepState.FAILED);
    assertThat(outcomes.get(B).state()).isEqualTo(StepState.SKIPPED);
    assertThat(outcomes.get(D).state()).isEqualTo(StepState.SKIPPED);
    assertThat(outcomes.get(D).reason()).isEqualTo("silver.b did not succeed");
    assertThat(outcomes.get(C).state()).isEqualTo(StepState.SUCCEEDED);
  }

  @Test
  void what_may_work_later_is_tried_again_with_growing_pauses() {
    AtomicInteger attempts = new AtomicInteger();

    Map<TableName, StepOutcome> outcomes =
        runner(1)
            .run(
                List.of(
                    new Step(
                        A,
                        Set.of(),
                        number -> {
                          attempts.set(number);
                          if (number < 3) {
                            throw Failure.retry("busy", "", new IllegalStateException());
                          }
                          return StepOutcome.done(5, 5, "");
                        })),
                _ -> {});

    assertThat(attempts).hasValue(3);
    assertThat(pauses).containsExactly(Duration.ofMillis(10), Duration.ofMillis(20));
    assertThat(outcomes.get(A).rows()).isEqualTo(5);
    assertThat(told).contains("bronze.a succeeded 3");
  }

  @Test
  void what_is_wrong_for_good_is_tried_once() {
    AtomicInteger attempts = new AtomicInteger();

    runner(1)
        .run(
            List.of(
                new Step(
                    A,
                    Set.of(),
                    _ -> {
                      attempts.incrementAndGet();
                      throw Failure.input("wrong");
                    })),
            _ -> {});

    assertThat(attempts).hasValue(1);
  }

  @Test
  void after_a_cancel_nothing_more_begins() {
    AtomicReference<Runner> runner = new AtomicReference<>();
    CountDownLatch set = new CountDownLatch(1);
    runner.set(runner(1));
    set.countDown();

    Map<TableName, StepOutcome> outcomes =
        runner
            .get()
            .run(
                List.of(
                    new Step(
                        A,
                        Set.of(),
                        _ -> {
                          runner.get().cancel();
                          return StepOutcome.done(1, 1, "");
                        }),
                    new Step(B, Set.of(A), WELL)),
                _ -> {});

    assertThat(outcomes.get(A).state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(outcomes.get(B).state()).isEqualTo(StepState.CANCELLED);
  }

  private static StepOutcome noted(
      ConcurrentLinkedQueue<TableName> begun, TableName table, StepWork work, int number) {
    begun.add(table);
    return work.attempt(number);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, java.util.concurrent.TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the steps did not go on at once", e);
    }
  }

  @Test
  void a_journal_that_cannot_be_written_fails_the_step_and_never_holds_up_the_run() {
    StepJournal broken =
        new StepJournal() {
          @Override
          public void started(Step step, int attempt) {}

          @Override
          public void ended(
              Step step, StepOutcome outcome, int attempts, Instant startedAt, Duration took) {
            throw new IllegalStateException("no space left");
          }
        };

    Map<TableName, StepOutcome> outcomes =
        runner(1, broken).run(List.of(new Step(A, Set.of(), WELL)), _ -> {});

    assertThat(outcomes.get(A).state()).isEqualTo(StepState.FAILED);
    assertThat(outcomes.get(A).reason()).contains("no space left");
  }

  private Runner runner(int parallel) {
    StepJournal journal =
        new StepJournal() {
          @Override
          public void started(Step step, int attempt) {}

          @Override
          public void ended(
              Step step, StepOutcome outcome, int attempts, Instant startedAt, Duration took) {
            told.add(step.table() + " " + outcome.state().text() + " " + attempts);
          }
        };
    return runner(parallel, journal);
  }

  private Runner runner(int parallel, StepJournal journal) {
    return new Runner(
        parallel,
        new Retries(3, Duration.ofMillis(10), pauses::add),
        ManualClock.at(Instant.EPOCH),
        journal);
  }
}
