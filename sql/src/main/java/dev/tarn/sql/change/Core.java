package dev.tarn.sql.change;

import dev.tarn.sql.change.Way.Signed;
import dev.tarn.sql.tree.QueryBody;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// FROM and WHERE of a SELECT, before anything is grouped: how a change further in shows there.
///
/// Without a touch every row of FROM is made of one row of what changes, so the rows that go are
/// those made of rows that went, and the rows that come those made of rows that came (a join
/// distributes over a union of multisets). With a touch, rows of FROM change because of rows that
/// they are not made of: those of an outer join's other side, or of a query in a condition. All
/// rows that the touch holds for are then taken as gone and as come anew.
///
/// @param reached the place, in FROM or in an expression
record Core(QueryBody.Select select, Reached reached) {

  Optional<Touch> touch() {
    return reached.touch();
  }

  /// The edits that make the SELECT yield the rows gone, and those come; empty where there are
  /// none.
  record Variants(Optional<Edits> gone, Optional<Edits> come) {
    List<Edits> all() {
      return Stream.concat(gone.stream(), come.stream()).toList();
    }
  }

  Variants variants(Step step) {
    Signed signed = reached.way().signed(step);
    if (signed.isEmpty()) {
      return new Variants(Optional.empty(), Optional.empty());
    }
    return touch().isEmpty()
        ? new Variants(direct(step, signed.gone()), direct(step, signed.come()))
        : touched(step, signed, touch().get());
  }

  private Optional<Edits> direct(Step step, Kept rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            step.state(true).instead(reached.source(), step.snippets().reads(rows.path())));
  }

  private Variants touched(Step step, Signed signed, Touch by) {
    Kept all =
        step.bench()
            .keep(
                "SELECT * FROM "
                    + signed.gone().sql()
                    + " UNION ALL SELECT * FROM "
                    + signed.come().sql());
    Edits changed = step.state(true).instead(reached.source(), step.snippets().reads(all.path()));
    Edits before = step.state(false);
    Edits after = step.state(true);
    var filter =
        step.snippets()
            .filter(by.condition(new Touch.States(step.snippets(), changed, before, after)));
    return new Variants(
        Optional.of(before.copy().with(select, filter)),
        Optional.of(after.copy().with(select, filter)));
  }
}
