package dev.tarn.orchestrate;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/// Does the steps of a run, several at once where the graph allows. A step that fails stops only
/// what is below it.
public final class Runner {
  /// Deep SQL needs deep stacks: 16 MB.
  private static final long STACK_BYTES = 16L << 20;

  private final int parallel;
  private final Retries retries;
  private final InstantSource clock;
  private final StepJournal journal;
  private volatile boolean cancelled;

  /// @param parallel how many steps go on at once at most
  public Runner(int parallel, Retries retries, InstantSource clock, StepJournal journal) {
    this.parallel = parallel;
    this.retries = retries;
    this.clock = clock;
    this.journal = journal;
  }

  /// Lets what is under way end and begins nothing more. May be called from any thread.
  public void cancel() {
    cancelled = true;
  }

  /// Does all steps and says how each ended, in the order in which they ended. Of several that
  /// could begin, the one with the longest way of steps below it begins first.
  ///
  /// @param atOnce is told how many steps go on at once, whenever that changes
  public Map<TableName, StepOutcome> run(List<Step> steps, IntConsumer atOnce) {
    Map<TableName, Step> waiting = new LinkedHashMap<>();
    new LongestWay(steps).first().forEach(step -> waiting.put(step.table(), step));
    Map<TableName, StepOutcome> outcomes = new LinkedHashMap<>();
    BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    try (ExecutorService threads = threads()) {
      int underWay = begin(waiting, outcomes, parallel, threads, ended);
      while (underWay > 0) {
        atOnce.accept(underWay);
        Ended one = take(ended);
        outcomes.put(one.step.table(), one.outcome);
        underWay--;
        underWay += begin(waiting, outcomes, parallel - underWay, threads, ended);
      }
    }
    return outcomes;
  }

  private ExecutorService threads() {
    return Executors.newFixedThreadPool(
        parallel, Thread.ofPlatform().name("step-", 1).stackSize(STACK_BYTES).factory());
  }

  private static Ended take(BlockingQueue<Ended> ended) {
    try {
      return ended.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.retry("the run was interrupted", "run it again", e);
    }
  }

  /// Hands over steps whose inputs are done, as many as may go on, and settles those that can never
  /// be done. Repeats while that settles more.
  private int begin(
      Map<TableName, Step> waiting,
      Map<TableName, StepOutcome> outcomes,
      int most,
      ExecutorService threads,
      BlockingQueue<Ended> ended) {
    int begun = 0;
    boolean settled = true;
    while (settled) {
      settled = false;
      for (Step step : List.copyOf(waiting.values())) {
        Optional<StepOutcome> without = withoutWork(step, outcomes);
        if (without.isPresent()) {
          waiting.remove(step.table());
          outcomes.put(step.table(), without.get());
          journal.ended(step, without.get(), 0, clock.instant(), Duration.ZERO);
          settled = true;
        } else if (begun < most && isReady(step, outcomes)) {
          waiting.remove(step.table());
          threads.execute(() -> ended.add(new Ended(step, ending(step))));
          begun++;
        }
      }
    }
    return begun;
  }

  private Optional<StepOutcome> withoutWork(Step step, Map<TableName, StepOutcome> outcomes) {
    Optional<TableName> broken =
        outcomes.entrySet().stream()
            .filter(done -> step.after().contains(done.getKey()) && !done.getValue().succeeded())
            .map(Map.Entry::getKey)
            .findFirst();
    if (broken.isPresent()) {
      return Optional.of(StepOutcome.skipped(broken.get() + " did not succeed"));
    }
    return cancelled && isReady(step, outcomes)
        ? Optional.of(StepOutcome.cancelled())
        : Optional.empty();
  }

  private static boolean isReady(Step step, Map<TableName, StepOutcome> outcomes) {
    return outcomes.keySet().containsAll(step.after());
  }

  /// Whatever happens, a step ends: a run that waited for one that never does would wait for ever.
  private StepOutcome ending(Step step) {
    try {
      return attempts(step);
    } catch (Failure failure) {
      return StepOutcome.failed(failure.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return StepOutcome.failed("a fault in Tarn: " + e);
    }
  }

  private StepOutcome attempts(Step step) {
    Instant startedAt = clock.instant();
    int attempt = 0;
    StepOutcome outcome;
    do {
      attempt++;
      journal.started(step, attempt);
      outcome = attempt(step, attempt);
    } while (outcome.state() == StepState.RUNNING && !cancelled);
    StepOutcome last = outcome.state() == StepState.RUNNING ? StepOutcome.cancelled() : outcome;
    journal.ended(step, last, attempt, startedAt, Duration.between(startedAt, clock.instant()));
    return last;
  }

  /// One attempt; `RUNNING` means that another should be made.
  private StepOutcome attempt(Step step, int number) {
    try {
      return step.work().attempt(number);
    } catch (Failure failure) {
      if (cancelled) {
        return StepOutcome.cancelled();
      }
      boolean again = failure.remedy() == Remedy.RETRY && number < retries.attempts();
      return again ? pause(number, failure) : StepOutcome.failed(failure.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return StepOutcome.failed("a fault in Tarn: " + e);
    }
  }

  private StepOutcome pause(int failed, Failure failure) {
    try {
      retries.pauseAfter(failed);
      return new StepOutcome(StepState.RUNNING, false, 0, 0, failure.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StepOutcome.cancelled();
    }
  }

  private record Ended(Step step, StepOutcome outcome) {}
}
