package dev.tarn.app.run;

import dev.tarn.app.project.MaintainSettings;
import dev.tarn.lake.Spent;
import dev.tarn.lake.Sweep;
import dev.tarn.lake.Upkeep;
import dev.tarn.observe.RunLogFiles;
import dev.tarn.store.RunLock;
import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Keeps the lake small and quick. It takes the place of a run, so that no run is under way at the
/// same time, and after a while lets those that wait go first.
public final class Maintenance {
  private static final Duration TURN = Duration.ofSeconds(60);

  /// Longer than anybody who waits pauses between two tries.
  private static final Duration STAND_BACK = Duration.ofMillis(1200);

  private final Opened opened;
  private final MaintainSettings settings;
  private final Events events;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final List<RunId> runs = new ArrayList<>();
  private final List<Maintained> done = new ArrayList<>();

  public Maintenance(Opened opened) {
    this.opened = opened;
    this.settings = opened.project().maintain();
    this.events = new RunLogFiles(opened.project().folder().resolve(".tarn/logs"), opened.clock());
  }

  /// Says what would be done, and touches nothing.
  public MaintainSummary foresee(MaintainRequest request) {
    Instant startedAt = opened.clock().instant();
    Upkeep upkeep = upkeep();
    request.tables().forEach(table -> done.add(TableMaintenance.foreseen(upkeep, table)));
    Spent spent = upkeep.spentAfterTidying(request.tables());
    return summary(request, spent, true, startedAt);
  }

  /// A table that can't be tidied up is told of in the summary, and is no failure.
  ///
  /// @throws Failure when another run goes on for too long, or the lake can't be read
  public MaintainSummary run(MaintainRequest request, Interrupts interrupts) {
    Instant startedAt = opened.clock().instant();
    Deque<TableMaintenance> open = new ArrayDeque<>();
    request.tables().forEach(table -> open.add(new TableMaintenance(table)));
    try (LazySession session = opened.session();
        Interrupts.Watch _ = interrupts.watch(() -> cancel(session))) {
      while (true) {
        Optional<MaintainSummary> summary = turn(request, open, session, interrupts, startedAt);
        if (summary.isPresent()) {
          return summary.get();
        }
        LockSupport.parkNanos(STAND_BACK.toNanos());
      }
    }
  }

  private void cancel(LazySession session) {
    cancelled.set(true);
    session.cancel();
  }

  private Upkeep upkeep() {
    return opened.lake().upkeep(settings.limits());
  }

  /// As much as can be done without keeping others waiting for long; the summary when all is done.
  private Optional<MaintainSummary> turn(
      MaintainRequest request,
      Deque<TableMaintenance> open,
      LazySession session,
      Interrupts interrupts,
      Instant startedAt) {
    try (RunLock lock =
        opened.store().lockRuns(opened.project().work().patience(), interrupts::waiting)) {
      RunId run = RunId.next(opened.clock().instant(), opened.random());
      lock.holdFor(run);
      new DeadRuns(opened).settle();
      begin(run, request, open.size());
      RunState state = RunState.FAILED;
      String reason = "";
      try {
        tables(run, open, session);
        Optional<MaintainSummary> summary =
            open.isEmpty() || cancelled.get()
                ? Optional.of(summary(request, spent(request), false, startedAt))
                : Optional.empty();
        state = cancelled.get() ? RunState.CANCELLED : RunState.SUCCEEDED;
        return summary;
      } catch (Failure failure) {
        reason = failure.getMessage();
        throw failure;
      } finally {
        end(run, state, reason);
      }
    }
  }

  private void begin(RunId run, MaintainRequest request, int steps) {
    runs.add(run);
    Instant now = opened.clock().instant();
    RunRecord record = RunRecord.begun(run, request.command(), now, opened.pid(), opened.host());
    opened.store().writeAgain(transaction -> transaction.runs().begin(record));
    events.tell(new Event.RunStarted(run, steps));
  }

  private void end(RunId run, RunState state, String reason) {
    Instant now = opened.clock().instant();
    boolean unsure = state != RunState.SUCCEEDED || done.stream().anyMatch(Maintenance::failed);
    opened
        .store()
        .writeAgain(transaction -> {
          transaction.runs().end(run, state, now, reason);
          if (unsure) {
            DeadRuns.sweepLater(transaction, run);
          }
        });
    events.tell(new Event.RunEnded(run, state, 0, Duration.ZERO));
  }

  private static boolean failed(Maintained table) {
    return !table.problem().isEmpty();
  }

  private void tables(RunId run, Deque<TableMaintenance> open, LazySession session) {
    Upkeep upkeep = upkeep();
    Instant until = opened.clock().instant().plus(TURN);
    while (!open.isEmpty() && !cancelled.get() && opened.clock().instant().isBefore(until)) {
      TableMaintenance next = open.getFirst();
      if (gone(next.table())) {
        open.removeFirst();
      } else if (!next.compact(upkeep, run, session)) {
        open.removeFirst();
        Maintained finished = next.finish(upkeep, run);
        done.add(finished);
        tell(run, finished);
      }
    }
  }

  /// It may have been dropped while others went first.
  private boolean gone(TableName table) {
    return opened.lake().find(table).isEmpty();
  }

  private void tell(RunId run, Maintained finished) {
    if (finished.changed() || failed(finished)) {
      StepState state = failed(finished) ? StepState.FAILED : StepState.SUCCEEDED;
      events.tell(
          new Event.StepEnded(
              run,
              finished.table(),
              state,
              0,
              Duration.ZERO,
              Optional.of(finished.problem()).filter(text -> !text.isEmpty())));
    }
  }

  private Spent spent(MaintainRequest request) {
    if (cancelled.get()) {
      return new Spent(List.of(), Map.of());
    }
    opened.lake().forgetBranches(settings.limits().grace());
    List<TableName> left = request.tables().stream().filter(table -> !gone(table)).toList();
    Upkeep upkeep = upkeep();
    Spent spent = upkeep.spent(left);
    upkeep.remove(spent);
    return spent;
  }

  private MaintainSummary summary(
      MaintainRequest request, Spent spent, boolean dry, Instant startedAt) {
    boolean whole = request.lake() && !cancelled.get();
    Sweep orphans = whole ? orphans(spent, dry) : Sweep.NOTHING;
    Sweep raw =
        settings
            .rawKeepFor()
            .filter(_ -> whole)
            .map(age -> opened.lake().sweepRaw(age, dry))
            .orElse(Sweep.NOTHING);
    return new MaintainSummary(
        runs,
        done,
        spent,
        orphans,
        raw,
        cancelled.get(),
        Duration.between(startedAt, opened.clock().instant()));
  }

  private Sweep orphans(Spent spent, boolean dry) {
    Duration age = settings.orphansOlderThan();
    Duration grace = settings.limits().grace();
    if (!dry) {
      opened.lake().dropped().forget(opened.clock().instant().minus(settings.droppedKeepFor()));
    }
    return dry
        ? opened.lake().countOrphans(age, grace, spent.paths())
        : opened.lake().sweepOrphans(age, grace);
  }
}
