package dev.tarn.app.test;

import dev.tarn.vocabulary.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How the rows of a table differ from those expected.
///
/// @param columns those compared
/// @param expected all expected rows
/// @param actual all rows of the table
/// @param lines one per expected row, in their order, then one per row that nobody expected
/// @param same how values are compared
/// @param order whether all rows are there, in another order
record RowDifference(
    List<Column> columns,
    List<List<@Nullable Object>> expected,
    List<List<@Nullable Object>> actual,
    List<Line> lines,
    Same same,
    boolean order) {
  RowDifference {
    columns = List.copyOf(columns);
    expected = List.copyOf(expected);
    actual = List.copyOf(actual);
    lines = List.copyOf(lines);
  }

  /// An expected row beside the row that is there for it.
  ///
  /// @param expected number of an expected row
  /// @param actual number of a row of the table
  record Line(OptionalInt expected, OptionalInt actual, boolean same) {
    boolean missing() {
      return actual.isEmpty();
    }

    boolean unexpected() {
      return expected.isEmpty();
    }

    boolean changed() {
      return !same && !missing() && !unexpected();
    }
  }

  boolean isEmpty() {
    return !order && lines.stream().allMatch(Line::same);
  }

  long count(java.util.function.Predicate<Line> kind) {
    return lines.stream().filter(kind).count();
  }

  Optional<List<@Nullable Object>> expectedOf(Line line) {
    return line.expected().isPresent()
        ? Optional.of(expected.get(line.expected().getAsInt()))
        : Optional.empty();
  }

  Optional<List<@Nullable Object>> actualOf(Line line) {
    return line.actual().isPresent()
        ? Optional.of(actual.get(line.actual().getAsInt()))
        : Optional.empty();
  }
}
