package dev.tarn.app.ask;

import dev.tarn.app.run.Branching;
import dev.tarn.app.run.MergePlan;
import dev.tarn.app.run.Opened;
import dev.tarn.store.Fork;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `system.branches`: the branches of the lake, and how many tables differ.
final class BranchTables {
  static final SystemTable BRANCHES =
      SystemTable.of(
          "branches",
          BranchTables::branches,
          "name VARCHAR",
          "created_at TIMESTAMPTZ",
          "updated_at TIMESTAMPTZ",
          "run VARCHAR",
          "changed BIGINT",
          "changed_on_main BIGINT",
          "conflicts BIGINT");

  private BranchTables() {}

  private static List<List<@Nullable Object>> branches(Opened opened) {
    return new Branching(opened).all().stream().map(BranchTables::branch).toList();
  }

  private static List<@Nullable Object> branch(Branching.Listed one) {
    MergePlan plan = one.plan();
    Stream<Fork> all = Stream.concat(plan.taken().stream(), plan.conflicts().stream());
    return SystemTable.row(
        one.branch().name(),
        one.branch().createdAt(),
        one.branch().updatedAt(),
        SystemTable.orNull(one.branch().parted().map(Object::toString)),
        all.filter(MergePlan::isShown).filter(MergePlan::isMoved).count(),
        plan.behind().stream().filter(MergePlan::isShown).count(),
        plan.conflicts().stream()
            .filter(MergePlan::isShown)
            .filter(fork -> fork.onMain() == Fork.Since.MOVED)
            .count());
  }
}
