package dev.tarn.lake;

import dev.tarn.vocabulary.Type;
import java.util.Optional;

/// One change to a table's columns. Columns are meant by their field id, so that a change survives
/// others made meanwhile.
public sealed interface SchemaChange {

  /// A new optional column at the end; `parent` is the struct it goes into, when it is not a column
  /// of the table itself.
  record Add(Optional<Integer> parent, String name, Type type) implements SchemaChange {}

  /// The column is no longer seen; old snapshots still show it.
  record Drop(int id) implements SchemaChange {}

  /// The same values under another name.
  record Rename(int id, String name) implements SchemaChange {}

  /// A type that holds all old values: integer to bigint, float to double, more digits for a
  /// decimal.
  record Widen(int id, Type type) implements SchemaChange {}

  /// Moves a column behind another of the same level, or to the front.
  record Reorder(int id, Optional<Integer> after) implements SchemaChange {}

  /// NULL is allowed from now on.
  record MakeOptional(int id) implements SchemaChange {}
}
