package dev.tarn.app.run;

import dev.tarn.lake.Branch;
import dev.tarn.store.RunLock;
import dev.tarn.store.RunRecord;
import dev.tarn.store.StepRecord;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Takes tables back, and what their sources took with them, in one transaction. It is a run of its
/// own: no other one goes on meanwhile, it is listed with them, and when its process dies the next
/// one sweeps up after it.
public final class Rollback {
  private static final String REFRESH = RollbackPlanner.COMMAND;

  private final Opened opened;
  private final Events events;

  public Rollback(Opened opened, Events events) {
    this.opened = opened;
    this.events = events;
  }

  /// What was done, and by which run.
  public record Done(RunId run, List<Rewound> tables) {}

  /// Plans once no other run goes on, and does it.
  ///
  /// @param words what was typed behind the command's name, for the record
  /// @param whileWaiting is told whom it waits for, when it must
  public Done run(
      String words,
      Function<RollbackPlanner, List<Rewound>> planning,
      Consumer<String> whileWaiting) {
    Readiness.require(opened);
    try (RunLock lock = opened.store().lockRuns(opened.project().work().patience(), whileWaiting)) {
      RunId run = RunId.next(opened.clock().instant(), opened.random());
      lock.holdFor(run);
      new DeadRuns(opened).settle();
      List<Rewound> tables = planning.apply(new RollbackPlanner(opened));
      begin(run, RollbackPlanner.COMMAND + " " + words, tables.size());
      publish(run, tables);
      return new Done(run, tables);
    }
  }

  private void begin(RunId run, String command, int tables) {
    Instant now = opened.clock().instant();
    opened
        .store()
        .writeAgain(transaction ->
            transaction
                .runs()
                .begin(
                    RunRecord.begun(run, opened.typed(command), now, opened.pid(), opened.host())));
    events.tell(new Event.RunStarted(run, tables));
  }

  private void publish(RunId run, List<Rewound> tables) {
    Instant startedAt = opened.clock().instant();
    try (Branch branch = opened.lake().branch(run)) {
      for (Rewound table : tables) {
        branch.rewind(table.table(), table.to().map(version -> version.id()));
        branch.forget(table.table(), table.runs());
      }
      branch.publish(transaction -> {
        tables.forEach(table -> write(transaction, run, table, startedAt));
        transaction.runs().end(run, RunState.SUCCEEDED, opened.clock().instant(), "");
      });
    } catch (Failure failure) {
      end(run, failure, startedAt);
      throw failure;
    }
    tables.forEach(table -> told(run, table, startedAt));
    events.tell(new Event.RunEnded(run, RunState.SUCCEEDED, tables.size(), since(startedAt)));
  }

  private void write(Transaction transaction, RunId run, Rewound table, Instant startedAt) {
    Instant now = opened.clock().instant();
    transaction.runs().putStep(step(run, table, startedAt, now));
    boolean model =
        opened.project().models().stream().anyMatch(one -> one.table().equals(table.table()));
    if (model) {
      transaction.states().put(RolledBack.mark(table, run, now));
    } else {
      // Its checks are to be judged again.
      transaction.states().remove(table.table());
    }
  }

  private static StepRecord step(RunId run, Rewound table, Instant startedAt, Instant now) {
    return new StepRecord(
        run,
        table.table(),
        StepState.SUCCEEDED,
        1,
        startedAt,
        Optional.of(now),
        0,
        0,
        reason(table),
        REFRESH);
  }

  static String reason(Rewound table) {
    return table
        .to()
        .map(version -> "back to snapshot " + version.id() + " of " + version.at())
        .orElse("back to having no rows");
  }

  /// Whether a step took its table back instead of making it.
  static boolean isRollback(StepRecord step) {
    return step.refresh().equals(REFRESH);
  }

  private void told(RunId run, Rewound table, Instant startedAt) {
    events.tell(
        new Event.StepEnded(
            run,
            table.table(),
            StepState.SUCCEEDED,
            table.rowsAfter(),
            since(startedAt),
            Optional.of(reason(table))));
  }

  private void end(RunId run, Failure failure, Instant startedAt) {
    opened
        .store()
        .writeAgain(transaction -> {
          transaction
              .runs()
              .end(run, RunState.FAILED, opened.clock().instant(), failure.getMessage());
          DeadRuns.sweepLater(transaction, run);
        });
    events.tell(new Event.RunEnded(run, RunState.FAILED, 0, since(startedAt)));
  }

  private Duration since(Instant startedAt) {
    return Duration.between(startedAt, opened.clock().instant());
  }
}
