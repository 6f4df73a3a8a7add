package dev.tarn.lake;

import dev.tarn.store.Dropped;
import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Tables and views that nobody sees any more, while their files are kept for them to come back.
public final class DroppedTables {
  private final Catalog catalog;

  DroppedTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Those that can come back, the newest first.
  public List<Dropped> all() {
    return catalog.store().read(read -> read.dropped().all());
  }

  /// Takes them out of sight in one transaction, with what their sources have taken: were such a
  /// source to come back without them, it would begin anew.
  ///
  /// @param alongside what else becomes true with it
  public void drop(
      Collection<TableName> names, RunId run, Instant now, Consumer<Transaction> alongside) {
    catalog
        .store()
        .writeAgain(transaction -> {
          for (TableName name : names) {
            drop(transaction, name, run, now);
          }
          alongside.accept(transaction);
        });
  }

  /// May be called again after an answer that was lost.
  private static void drop(Transaction transaction, TableName name, RunId run, Instant now) {
    Optional<Pointer> pointer = transaction.pointers().find(name);
    boolean done =
        transaction.dropped().all().stream()
            .anyMatch(one -> one.table().equals(name) && one.run().equals(run));
    if (pointer.isEmpty() && !done) {
      throw Failure.input("there is no table " + name);
    }
    pointer
        .filter(found -> transaction.pointers().drop(name, found.metadataLocation()))
        .ifPresent(found -> {
          Dropped dropped = new Dropped(name, found.metadataLocation(), found.view(), run, now);
          transaction.dropped().add(dropped);
          transaction.consumed().move(name, dropped.parked());
        });
  }

  /// Makes them visible again in one transaction, as they were.
  ///
  /// @throws Failure when files of them are gone, or a name is taken: all such problems at once
  public void bringBack(Collection<Dropped> tables, Consumer<Transaction> alongside) {
    refuseIncomplete(tables);
    catalog
        .store()
        .writeAgain(transaction -> {
          for (Dropped one : tables) {
            if (transaction.dropped().remove(one)) {
              if (!transaction.pointers().insert(one.pointer())) {
                throw taken(one.table());
              }
              transaction.consumed().move(one.parked(), one.table());
            }
          }
          alongside.accept(transaction);
        });
  }

  private void refuseIncomplete(Collection<Dropped> tables) {
    List<Problem> problems = new ArrayList<>();
    for (Dropped one : tables) {
      if (catalog.pointer(one.table()).isPresent()) {
        problems.addAll(taken(one.table()).problems());
      }
      try {
        if (one.view()) {
          catalog.view(one.table(), one.metadataLocation());
        } else {
          catalog.table(one.table(), one.metadataLocation()).scan();
        }
      } catch (Failure failure) {
        failure
            .problems()
            .forEach(problem ->
                problems.add(
                    Problem.of(
                        one.table() + " can't come back whole: " + problem.what(),
                        "put the file back from a backup, or have the table made anew")));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, problems);
    }
  }

  private static Failure taken(TableName name) {
    return Failure.input(
        "there is another " + name + " by now", "drop that one first: tarn drop " + name);
  }

  /// What was dropped before then can't come back any more; its files go with the next sweep.
  public List<Dropped> forget(Instant before) {
    List<Dropped> old = all().stream().filter(one -> one.at().isBefore(before)).toList();
    if (!old.isEmpty()) {
      catalog
          .store()
          .writeAgain(transaction ->
              old.forEach(one -> {
                transaction.dropped().remove(one);
                transaction.consumed().removeAll(one.parked());
              }));
    }
    return old;
  }
}
