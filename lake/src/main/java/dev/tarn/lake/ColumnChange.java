package dev.tarn.lake;

import dev.tarn.vocabulary.Type;

/// What became of a column, or of a field inside one, between two versions of a table. Columns are
/// the same when their field ids are, whatever they are called.
public sealed interface ColumnChange {

  /// Only the later version has it.
  record Added(String column, Type type) implements ColumnChange {}

  /// Only the earlier version has it.
  record Dropped(String column, Type type) implements ColumnChange {}

  record Renamed(String before, String after) implements ColumnChange {}

  record Retyped(String column, Type before, Type after) implements ColumnChange {}
}
