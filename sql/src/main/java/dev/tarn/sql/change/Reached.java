package dev.tarn.sql.change;

import dev.tarn.sql.tree.SqlNode;
import java.util.Optional;

/// Where a place is in FROM or in an expression, and how a change there shows.
///
/// @param source the table, or the query that is computed on its own
/// @param way how the change shows in `source`
/// @param touch which rows change that are not made of rows of `source`; empty where there are none
/// @param lateral whether the touch speaks of what stands on the left of `source`
record Reached(SqlNode source, Way way, Optional<Touch> touch, boolean lateral) {

  Reached touching(Touch other) {
    return new Reached(source, way, Optional.of(other), false);
  }
}
