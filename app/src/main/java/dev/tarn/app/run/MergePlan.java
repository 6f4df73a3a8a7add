package dev.tarn.app.run;

import dev.tarn.store.Fork;
import dev.tarn.store.Fork.Since;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a merge would do with each table. A table stands and falls with what was kept aside of it:
/// rows of one version beside quarantined rows of another would be counted twice, or not at all.
///
/// @param taken main gets the branch's
/// @param conflicts both have moved on
/// @param behind only main has moved on
public record MergePlan(List<Fork> taken, List<Fork> conflicts, List<Fork> behind) {

  public MergePlan {
    taken = List.copyOf(taken);
    conflicts = List.copyOf(conflicts);
    behind = List.copyOf(behind);
  }

  public static MergePlan of(List<Fork> forks) {
    List<Fork> taken = new ArrayList<>();
    List<Fork> conflicts = new ArrayList<>();
    List<Fork> behind = new ArrayList<>();
    for (List<Fork> family : families(forks)) {
      boolean main = family.stream().anyMatch(fork -> fork.onMain() == Since.MOVED);
      boolean branch = family.stream().anyMatch(fork -> fork.onBranch() == Since.MOVED);
      for (Fork fork : family) {
        boolean moved = fork.onMain() == Since.MOVED || fork.onBranch() == Since.MOVED;
        if (main && branch) {
          (moved ? conflicts : behind).add(fork);
        } else if (branch && fork.onBranch() != Since.SAME || isRestated(fork, main)) {
          taken.add(fork);
        } else if (fork.onMain() != Since.SAME) {
          behind.add(fork);
        }
      }
    }
    return new MergePlan(taken, conflicts, behind);
  }

  /// The same rows, found up to date by newer inputs or another text of the model.
  private static boolean isRestated(Fork fork, boolean familyMoved) {
    return !familyMoved && fork.onBranch() == Since.RESTATED && fork.onMain() == Since.SAME;
  }

  private static Iterable<List<Fork>> families(List<Fork> forks) {
    Map<String, List<Fork>> families =
        forks.stream()
            .collect(
                Collectors.groupingBy(
                    fork -> family(fork.table()), TreeMap::new, Collectors.toList()));
    return families.values();
  }

  private static String family(TableName table) {
    return table.layer() + "." + table.name().replaceAll("__(rejected|quarantine|dropped_.*)$", "");
  }

  /// Whether people know the table: the rest is what keeps records of dropped tables apart.
  public static boolean isShown(Fork fork) {
    return !fork.table().name().contains("__dropped_");
  }

  /// Whether rows or definition move, rather than how they came to be.
  public static boolean isMoved(Fork fork) {
    return fork.onBranch() == Since.MOVED;
  }
}
