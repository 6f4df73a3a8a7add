package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import java.util.Optional;
import java.util.OptionalLong;

/// What rows a table is to have.
///
/// @param at the key that says so
/// @param rows which
/// @param count how many
/// @param countAt where the number stands
record ExpectedRows(Location at, Optional<WrittenRows> rows, OptionalLong count, Location countAt) {

  static ExpectedRows none(Location at) {
    return new ExpectedRows(at, Optional.empty(), OptionalLong.empty(), at);
  }

  boolean isEmpty() {
    return rows.isEmpty() && count.isEmpty();
  }
}
