package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.util.Optional;

/// Whose rows a transaction reads and writes: main's, or a branch's. What happened on main before a
/// branch parted from it is part of the branch's past.
///
/// @param branch 0 is main
/// @param catalog the name of the Iceberg catalog that the pointers are of
/// @param past how far main's history is the branch's too
record Scope(long branch, String catalog, Past past) {
  static final Scope MAIN = new Scope(0, "tarn", new Past(0, 0, 0, 0));

  private static final String BRANCH = "tarn@";

  /// The highest ids of main's rows that a branch sees as its own past.
  record Past(long runs, long steps, long checks, long drifts) {}

  /// The catalog of a branch, as other Iceberg clients may open it.
  static String catalog(String branch) {
    return BRANCH + branch;
  }

  /// The catalog of a branch that was dropped: no branch can be called so.
  static String droppedCatalog(long branch) {
    return BRANCH + "~" + branch;
  }

  /// A condition on a table of history, for the values [#branch] and one of [#past].
  static String seen(String column) {
    return "(branch = ? OR branch = 0 AND " + column + " <= ?)";
  }

  boolean isMain() {
    return branch == 0;
  }

  /// Of a branch that is there.
  static Scope required(Sql sql, long branch, String name) {
    return find(sql, branch)
        .orElseThrow(() ->
            Failure.input(
                "there is no branch '" + name + "' any more: it was dropped",
                "tarn branch lists what there is"));
  }

  private static Optional<Scope> find(Sql sql, long branch) {
    return sql.first(
        row ->
            new Scope(
                branch,
                catalog(row.text(1)),
                new Past(row.number(2), row.number(3), row.number(4), row.number(5))),
        """
        SELECT name, runs_seen, steps_seen, checks_seen, drifts_seen
        FROM tarn_branches WHERE id = ? AND dropped_at IS NULL\
        """,
        branch);
  }
}
