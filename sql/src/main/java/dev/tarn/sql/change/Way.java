package dev.tarn.sql.change;

import java.util.List;
import java.util.Optional;

/// How a change at one place of a query shows in the rows that a part of the query yields.
sealed interface Way permits LeafWay, RowsWay, GroupsWay, UnionWay, SetWay {

  /// Rows that a part of a query yields no more, and rows that it yields now, as multisets; a row
  /// may be in both.
  record Signed(Kept gone, Kept come) {
    boolean isEmpty() {
      return gone.isEmpty() && come.isEmpty();
    }
  }

  /// The rows that change, all of them and as often as they do.
  Signed signed(Step step);

  /// What tells rows that may have changed from those that have not, where that is known.
  Optional<Keyed> keyed();

  /// Rows that changed have one of the keys that [#keys] gives; others have not changed.
  interface Keyed {

    /// The columns, among those that the part yields, that are the key.
    List<String> columns();

    /// The SELECT that is filtered, by its place in the tree.
    Object filtered();

    /// The keys of the rows that may have changed, as k0, k1 …; none is there twice.
    Kept keys(Step step);

    /// Has a query yield the rows of these keys only.
    void restrict(Edits edits, Kept keys, Workbench bench, Snippets snippets);
  }

  /// Rows that are in both need not be changed.
  static Signed net(Workbench bench, String gone, String come) {
    Kept was = bench.keep(gone);
    Kept is = bench.keep(come);
    return was.isEmpty() || is.isEmpty()
        ? new Signed(was, is)
        : new Signed(less(bench, was, is), less(bench, is, was));
  }

  private static Kept less(Workbench bench, Kept rows, Kept others) {
    return bench.keep("SELECT * FROM " + rows.sql() + " EXCEPT ALL SELECT * FROM " + others.sql());
  }
}
