package dev.tarn.app.run;

import dev.tarn.store.BranchRecord;
import dev.tarn.store.CommitOutcomeUnknown;
import dev.tarn.store.Fork;
import dev.tarn.store.RunLock;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Makes branches of main, brings them up to date, and drops them.
public final class Branching {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,99}";

  private final Opened opened;

  /// @param opened on main
  public Branching(Opened opened) {
    this.opened = opened;
  }

  /// One branch, and how it stands beside main.
  public record Listed(BranchRecord branch, MergePlan plan) {}

  /// What an update did.
  ///
  /// @param taken tables that are as on main now
  /// @param setBack those of them that the branch had changed too: it makes them anew
  public record Updated(BranchRecord branch, List<TableName> taken, List<TableName> setBack) {}

  public List<Listed> all() {
    return opened
        .store()
        .read(transaction ->
            transaction.branches().all().stream()
                .map(one -> new Listed(one, MergePlan.of(transaction.branches().forks(one))))
                .toList());
  }

  public BranchRecord require(String name) {
    List<BranchRecord> all = opened.store().read(transaction -> transaction.branches().all());
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.input(
                "there is no branch '" + name + "'",
                all.isEmpty()
                    ? "tarn branch " + name + " makes it"
                    : Suggestions.didYouMean(name, all.stream().map(BranchRecord::name).toList())));
  }

  /// A copy of main as it is now; no file is copied.
  public BranchRecord create(String name) {
    if (!name.matches(NAME) || name.equals("main")) {
      throw Failure.input(
          "'" + name + "' is no name for a branch",
          "letters, digits, and . _ - / after the first of them, at most 100; main is main");
    }
    boolean made =
        known(() ->
            opened
                .store()
                .<Boolean>transact(
                    transaction -> transaction.branches().create(name, opened.clock().instant())));
    if (!made) {
      throw Failure.input(
          "there is a branch '" + name + "' already",
          "tarn branch --update " + name + " brings it up to date; --drop drops it");
    }
    return require(name);
  }

  /// The branch gets main's version of every table that changed there since.
  ///
  /// @param whileWaiting is told whom it waits for, when it must
  public Updated update(String name, Consumer<String> whileWaiting) {
    return alone(
        name,
        whileWaiting,
        branch -> known(() -> opened.store().transact(transaction -> update(transaction, branch))));
  }

  private Updated update(Transaction transaction, BranchRecord branch) {
    MergePlan plan = MergePlan.of(transaction.branches().forks(branch));
    List<TableName> taken =
        Stream.concat(plan.behind().stream(), plan.conflicts().stream()).map(Fork::table).toList();
    transaction.branches().update(branch, taken, opened.clock().instant());
    return new Updated(branch, shown(plan, true), shown(plan, false));
  }

  private static <T> T known(Supplier<T> work) {
    try {
      return work.get();
    } catch (CommitOutcomeUnknown unknown) {
      throw unknown.asFailure();
    }
  }

  private static List<TableName> shown(MergePlan plan, boolean all) {
    List<Fork> forks = new ArrayList<>(plan.conflicts());
    forks.removeIf(fork -> !all && !MergePlan.isMoved(fork));
    if (all) {
      forks.addAll(plan.behind());
    }
    return forks.stream().filter(MergePlan::isShown).map(Fork::table).sorted().toList();
  }

  /// Nobody sees it any more; its files go with the next tarn maintain.
  public BranchRecord drop(String name, Consumer<String> whileWaiting) {
    BranchRecord gone =
        alone(
            name,
            whileWaiting,
            branch -> {
              dropped(branch);
              return branch;
            });
    opened.store().removeLock(gone);
    return gone;
  }

  /// Done once, however often.
  void dropped(BranchRecord branch) {
    opened
        .store()
        .writeAgain(transaction ->
            transaction
                .branches()
                .find(branch.name())
                .filter(branch::equals)
                .ifPresent(found -> transaction.branches().drop(found, opened.clock().instant())));
  }

  /// Does the work while no run goes on on the branch.
  private <T> T alone(String name, Consumer<String> whileWaiting, Function<BranchRecord, T> work) {
    Opened there = opened.on(require(name));
    try (RunLock lock = there.store().lockRuns(opened.project().work().patience(), whileWaiting)) {
      lock.holdFor(RunId.next(opened.clock().instant(), opened.random()));
      BranchRecord branch = require(name);
      new DeadRuns(there).settle();
      return work.apply(branch);
    }
  }
}
