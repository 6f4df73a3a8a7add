package dev.tarn.app.run;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.Merge;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Pointer;
import dev.tarn.store.RunLock;
import dev.tarn.store.RunRecord;
import dev.tarn.store.StepRecord;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Publishes what a branch changed on main, all of it in one transaction or nothing. It is a run of
/// main, and no run goes on on the branch meanwhile.
public final class Merging {
  static final String REFRESH = "merge";

  private static final int HISTORY = 10_000;

  private final Opened opened;
  private final Events events;
  private final Turn turn;

  /// @param opened on main
  public Merging(Opened opened, Events events) {
    this.opened = opened;
    this.events = events;
    this.turn = new Turn(opened, events);
  }

  /// What was done, and by which run; none when there was nothing to merge.
  ///
  /// @param failed the branch's last run, when it failed: what it would have made is not merged
  public record Done(
      BranchRecord branch, Optional<RunId> run, MergePlan plan, Optional<RunId> failed) {}

  /// What a merge would do now.
  ///
  /// @throws Failure when it would fail
  public Done foresee(String name) {
    BranchRecord branch = new Branching(opened).require(name);
    MergePlan plan = plan(branch);
    refuseConflicts(branch, plan);
    return new Done(branch, Optional.empty(), plan, failed(branch));
  }

  /// @param drop whether the branch is dropped with it
  /// @param whileWaiting is told whom it waits for, when it must
  /// @throws Failure (RETRY) when main and branch have both moved the same table
  public Done merge(String name, boolean drop, Consumer<String> whileWaiting) {
    Done done = mergeAlone(name, drop, whileWaiting);
    if (drop) {
      opened.store().removeLock(done.branch());
    }
    return done;
  }

  private Done mergeAlone(String name, boolean drop, Consumer<String> whileWaiting) {
    Opened there = opened.on(new Branching(opened).require(name));
    try (RunLock lock = there.store().lockRuns(opened.project().work().patience(), whileWaiting)) {
      BranchRecord branch = new Branching(opened).require(name);
      new DeadRuns(there).settle();
      return turn.take(
          whileWaiting,
          run -> {
            lock.holdFor(run);
            return merge(branch, run, drop);
          });
    }
  }

  private MergePlan plan(BranchRecord branch) {
    return MergePlan.of(opened.store().read(transaction -> transaction.branches().forks(branch)));
  }

  private Done merge(BranchRecord branch, RunId run, boolean drop) {
    MergePlan plan = plan(branch);
    refuseConflicts(branch, plan);
    Optional<RunId> failed = failed(branch);
    if (plan.taken().isEmpty()) {
      if (drop) {
        new Branching(opened).dropped(branch);
      }
      return new Done(branch, Optional.empty(), plan, failed);
    }
    String command = REFRESH + " " + branch.name() + (drop ? " --drop" : "");
    Instant startedAt = turn.begin(run, command, plan.taken().size());
    try {
      Merge merge = opened.lake().merge(branch, plan.taken(), run);
      merge.publish(
          transaction -> {
            plan.taken().forEach(fork -> written(transaction, run, branch, fork, startedAt));
            transaction.runs().end(run, RunState.SUCCEEDED, opened.clock().instant(), "");
          },
          transaction -> {
            if (drop) {
              drop(transaction, branch);
            }
          });
    } catch (Failure failure) {
      turn.failed(run, RunState.FAILED, failure.getMessage(), startedAt);
      throw failure;
    }
    plan.taken().stream()
        .filter(MergePlan::isShown)
        .filter(MergePlan::isMoved)
        .forEach(fork ->
            events.tell(
                new Event.StepEnded(
                    run,
                    fork.table(),
                    StepState.SUCCEEDED,
                    0,
                    turn.since(startedAt),
                    Optional.of(reason(branch)))));
    turn.published(run, plan.taken().size(), startedAt);
    return new Done(branch, Optional.of(run), plan, failed);
  }

  /// The branch sees main's runs as well, up to where they parted.
  private Optional<RunId> failed(BranchRecord branch) {
    return opened.store().on(branch).read(transaction -> transaction.runs().latest(1)).stream()
        .filter(run -> run.state() != RunState.SUCCEEDED)
        .filter(run -> run.command().endsWith(Opened.onBranch(branch.name())))
        .map(RunRecord::run)
        .findFirst();
  }

  private void drop(Transaction transaction, BranchRecord branch) {
    transaction.branches().drop(branch, opened.clock().instant());
  }

  private void written(
      Transaction transaction, RunId run, BranchRecord branch, Fork fork, Instant startedAt) {
    if (!MergePlan.isShown(fork) || !MergePlan.isMoved(fork)) {
      return;
    }
    transaction
        .runs()
        .putStep(
            new StepRecord(
                run,
                fork.table(),
                StepState.SUCCEEDED,
                1,
                startedAt,
                Optional.of(opened.clock().instant()),
                0,
                0,
                reason(branch),
                REFRESH));
  }

  private static String reason(BranchRecord branch) {
    return "as on branch " + branch.name();
  }

  /// The runs of a branch that a merge brought; any other run by itself.
  static Set<RunId> brought(MetadataStore store, RunId run) {
    List<RunRecord> past =
        store.read(transaction -> transaction.runs().latest(HISTORY)).stream()
            .dropWhile(one -> !one.run().equals(run))
            .toList();
    if (past.isEmpty() || !past.getFirst().command().startsWith(REFRESH + " ")) {
      return Set.of(run);
    }
    String merge = past.getFirst().command();
    String suffix = Opened.onBranch(merge.split(" ")[1]);
    Set<RunId> brought = new HashSet<>(Set.of(run));
    past.stream()
        .skip(1)
        .takeWhile(one -> !isMerge(one, merge))
        .filter(one -> one.command().endsWith(suffix))
        .forEach(one -> brought.add(one.run()));
    return brought;
  }

  /// Whether an earlier run merged the same branch.
  private static boolean isMerge(RunRecord run, String merge) {
    return run.state() == RunState.SUCCEEDED
        && (run.command() + " ").startsWith(merge.replace(" --drop", "") + " ");
  }

  private void refuseConflicts(BranchRecord branch, MergePlan plan) {
    List<Problem> problems =
        plan.conflicts().stream()
            .filter(MergePlan::isShown)
            .filter(fork -> fork.onMain() == Fork.Since.MOVED)
            .map(fork -> conflict(branch, fork))
            .toList();
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.RETRY, problems);
    }
  }

  private Problem conflict(BranchRecord branch, Fork fork) {
    String what =
        MergePlan.isMoved(fork)
            ? fork.table() + " changed on the branch, and on main too: by "
            : "what was kept aside of a table that the branch changed, "
                + fork.table()
                + ", changed on main: by ";
    return Problem.of(
        what + maker(fork),
        "tarn branch --update "
            + branch.name()
            + " takes main's version, tarn run --branch "
            + branch.name()
            + " makes the branch's change anew on it; then merge again");
  }

  /// The last run that changed the table on main, as far as it is known.
  private String maker(Fork fork) {
    Optional<RunId> made =
        fork.main()
            .filter(pointer -> !pointer.view())
            .map(Pointer::name)
            .flatMap(opened.lake()::find)
            .flatMap(table -> table.ancestry(new AsOf.Current()).stream().findFirst())
            .flatMap(SnapshotInfo::run);
    Optional<RunId> run =
        made.or(() ->
            opened.store().read(transaction -> transaction.runs().stepsOf(fork.table(), 1)).stream()
                .map(StepRecord::run)
                .findFirst());
    return run.map(this::told).orElse("another program");
  }

  private String told(RunId run) {
    return opened
        .store()
        .read(transaction -> transaction.runs().find(run))
        .map(Merging::told)
        .orElse("run " + run);
  }

  private static String told(RunRecord run) {
    return "run " + run.run() + " (" + run.command() + ", " + run.startedAt() + ")";
  }
}
