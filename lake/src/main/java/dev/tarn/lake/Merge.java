package dev.tarn.lake;

import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes a branch's versions of some tables main's, with what is known of them. Whoever calls sees
/// to it that no run of Tarn is under way on either; other programs may write.
public final class Merge {
  private final Catalog main;
  private final BranchRecord branch;
  private final List<Fork> tables;
  private final Branch work;
  private final Instant now;

  Merge(Catalog main, BranchRecord branch, List<Fork> tables, Branch work, Instant now) {
    this.main = main;
    this.branch = branch;
    this.tables = List.copyOf(tables);
    this.work = work;
    this.now = now;
  }

  /// All of it or nothing, in one database transaction; the branch is what main is then.
  ///
  /// @param alongside what else becomes true with it
  /// @param afterwards what becomes true of the branch, once it is what main is
  /// @throws Failure (RETRY) when another program was faster
  public void publish(Consumer<Transaction> alongside, Consumer<Transaction> afterwards) {
    try (Branch staged = work) {
      Map<String, String> locations = adopt(staged);
      tellTaken(staged);
      staged.publish(transaction -> {
        requireUnmoved(transaction);
        drops().forEach(fork -> drop(transaction, fork));
        transaction.branches().merge(branch, names(tables));
        SameRows.carryOver(transaction, locations);
        alongside.accept(transaction);
        List<TableName> all = names(transaction.branches().forks(branch));
        transaction.branches().update(branch, all, now);
        afterwards.accept(transaction);
      });
    }
  }

  /// Where the branch's metadata files are found again as main's.
  private Map<String, String> adopt(Branch staged) {
    Map<String, String> locations = new HashMap<>();
    for (Fork fork : tables) {
      fork.branch()
          .filter(theirs -> !isMains(fork, theirs))
          .ifPresent(theirs -> {
            staged.adopt(theirs, fork.main());
            locations.put(theirs.metadataLocation(), staged.location(fork.table()).orElseThrow());
          });
    }
    return locations;
  }

  private static boolean isMains(Fork fork, Pointer theirs) {
    return fork.main()
        .filter(ours -> ours.metadataLocation().equals(theirs.metadataLocation()))
        .isPresent();
  }

  private List<Fork> drops() {
    return tables.stream()
        .filter(fork -> fork.branch().isEmpty() && fork.main().isPresent())
        .toList();
  }

  private static void drop(Transaction transaction, Fork fork) {
    String location = fork.main().orElseThrow().metadataLocation();
    if (!transaction.pointers().drop(fork.table(), location)) {
      throw overtaken(fork);
    }
  }

  /// Main's pointers are compared when they move; nothing moves the branch's.
  private void requireUnmoved(Transaction transaction) {
    Map<TableName, Fork> found =
        transaction.branches().forks(branch).stream()
            .collect(Collectors.toMap(Fork::table, Function.identity()));
    for (Fork fork : tables) {
      Optional<Pointer> theirs = Optional.ofNullable(found.get(fork.table())).flatMap(Fork::branch);
      if (!theirs.equals(fork.branch())) {
        throw overtaken(fork);
      }
    }
  }

  private static Failure overtaken(Fork fork) {
    return Failure.retry(
        "another program changed " + fork.table() + " meanwhile",
        "merge again",
        new IllegalStateException());
  }

  /// What the branch took since it parted, and what it gave back to be taken again.
  private void tellTaken(Branch staged) {
    MetadataStore there = main.store().on(branch);
    List<Consumed> taken = new ArrayList<>();
    Map<TableName, Set<RunId>> again = new TreeMap<>();
    for (Fork fork : tables) {
      TableName name = fork.table();
      List<Consumed> ours = main.store().read(read -> read.consumed().ofTable(name));
      List<Consumed> theirs = there.read(read -> read.consumed().ofTable(name));
      Set<RunId> known = runs(ours);
      Set<RunId> kept = runs(theirs);
      taken.addAll(theirs.stream().filter(one -> !known.contains(one.run())).toList());
      known.removeAll(kept);
      if (!known.isEmpty()) {
        again.put(name, known);
      }
    }
    staged.tell(taken, again);
  }

  private static Set<RunId> runs(List<Consumed> consumed) {
    return consumed.stream().map(Consumed::run).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<TableName> names(List<Fork> forks) {
    return forks.stream().map(Fork::table).toList();
  }
}
