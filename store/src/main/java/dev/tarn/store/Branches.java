package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The branches of main. A branch has rows of its own for what a run reads and changes (pointers,
/// what sources have taken, states, partitions, lineage, what was dropped), and main's history up
/// to where it parted. The files of the lake are shared.
public interface Branches {
  /// By name.
  List<BranchRecord> all();

  Optional<BranchRecord> find(String name);

  /// A copy of main as it is now. False, and nothing done, when the name is taken.
  boolean create(String name, Instant now);

  /// All tables that main or the branch has or had since they parted, by name.
  List<Fork> forks(BranchRecord branch);

  /// The metadata files of what branches and main had when they parted.
  Set<String> parted();

  /// The branch has main's versions of these tables from now on, and has parted from main now; its
  /// other tables are as they are.
  void update(BranchRecord branch, Collection<TableName> tables, Instant now);

  /// Main has the branch's records of these tables from now on: all but pointers that are tables'
  /// and views' current ones, which are moved by who makes them. What happened on the branch is
  /// part of main's history.
  void merge(BranchRecord branch, Collection<TableName> tables);

  /// Main's version of a table has other files but the same rows.
  void carryOver(TableName table, String from, String to);

  /// Nobody sees it any more; its name is free.
  void drop(BranchRecord branch, Instant now);

  /// What was dropped before then is needed by nobody any more.
  void forget(Instant before);
}
